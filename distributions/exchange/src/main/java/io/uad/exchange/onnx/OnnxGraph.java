package io.uad.exchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.uad.api.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A graph under construction: adds nodes with one output each, named in their order, and initializers once. */
final class OnnxGraph {
    /** Operator set 13 (2020), which all runtimes of these years read. */
    static final long OPSET = 13;

    private final GraphProto.Builder graph;
    private final Set<String> initializers = new HashSet<>();

    OnnxGraph(GraphProto.Builder graph) {
        this.graph = graph;
    }

    /** Adds a node; returns the name of its output. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        var output = operator.toLowerCase(Locale.ROOT) + "-" + graph.getNodeCount();
        node(operator, inputs, output, attributes);
        return output;
    }

    /** Adds a node whose output has a name of its own. */
    void node(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(operator + "-" + graph.getNodeCount())
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
    }

    /** Adds a constant unless it is there; returns its name. */
    String initializer(String name, Tensor tensor) {
        if (initializers.add(name)) {
            var proto = TensorProto.newBuilder().setName(name);
            tensor.shape().forEach(proto::addDims);
            var floats = tensor.values() instanceof float[];
            proto.setDataType((floats ? TensorProto.DataType.FLOAT : TensorProto.DataType.INT64).getNumber());
            graph.addInitializer(proto.setRawData(floats ? bytes(tensor.floats()) : bytes(tensor.longs())));
        }
        return name;
    }

    static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto fraction(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto word(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto numbers(String name, long... values) {
        var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (var value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static ByteString bytes(float[] values) {
        var buffer = buffer(values.length, Float.BYTES);
        buffer.asFloatBuffer().put(values);
        return ByteString.copyFrom(buffer);
    }

    private static ByteString bytes(long[] values) {
        var buffer = buffer(values.length, Long.BYTES);
        buffer.asLongBuffer().put(values);
        return ByteString.copyFrom(buffer);
    }

    private static ByteBuffer buffer(int count, int bytes) {
        return ByteBuffer.allocate(Math.multiplyExact(count, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
