/** PyTorch through the Deep Java Library, on CPU and CUDA. */
module io.uad.plugin.engine.djl {
    requires io.uad.api;
    requires io.uad.engine.common;
    requires ai.djl.api;
    requires ai.djl.pytorch_engine;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports io.uad.plugin.engine.djl;

    provides io.uad.api.engine.EngineProvider with
            io.uad.plugin.engine.djl.DjlProvider;
}
