/** Reads what the original programs wrote, and writes models for other programs. */
module io.uad.exchange {
    requires transitive io.uad.runtime;
    requires com.google.protobuf;
    requires org.tribuo.util.onnx;
    requires pickle;
    requires static org.jspecify;

    exports io.uad.exchange;
}
