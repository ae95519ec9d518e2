package io.uad.plugin.engine.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.TrainingSession;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The engine: one device, one root manager. The thread count is PyTorch's and so the whole process's. */
final class DjlEngine implements Engine {
    private final NDManager manager;
    private final EngineCapabilities capabilities;

    private DjlEngine(NDManager manager, EngineCapabilities capabilities) {
        this.manager = manager;
        this.capabilities = capabilities;
    }

    static DjlEngine open(DjlOptions options) {
        var library = library();
        var gpus = library.getGpuCount();
        var device = device(options.device(), gpus);
        var threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
        JniUtils.setNumThreads(threads);
        var reason = options.device().equals("auto")
                ? device.isGpu() ? "a GPU was found" : "no usable CUDA device was found"
                : "";
        return new DjlEngine(
                NDManager.newBaseManager(device, "PyTorch"),
                new EngineCapabilities(
                        "PyTorch " + library.getVersion() + " (DJL)",
                        device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu",
                        reason,
                        threads));
    }

    @Override
    public EngineCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return new DjlSession(network, state, manager.newSubManager());
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return new DjlLinearAlgebra(manager);
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Loads the natives; the context class loader matters to the first caller only. */
    private static ai.djl.engine.Engine library() {
        System.setProperty("OPT_OUT_TRACKING", "true"); // DJL otherwise asks a cloud metadata address at start
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(DjlEngine.class.getClassLoader());
        try {
            return ai.djl.engine.Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            throw new UadException(
                    io.uad.api.ErrorKind.RESOURCE,
                    "PyTorch's native library cannot be loaded: " + e.getMessage(),
                    "engine/djl",
                    "the natives of this platform (" + System.getProperty("os.name") + ", "
                            + System.getProperty("os.arch") + ")",
                    "Run 'uad doctor'; build the distribution on the platform it is for",
                    e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Device device(String name, int gpus) {
        if (name.equals("auto")) {
            return gpus > 0 ? Device.gpu(0) : Device.cpu();
        }
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        if (name.matches("gpu(:\\d{1,4})?")) {
            var index = name.equals("gpu") ? 0 : Integer.parseInt(name.substring(4));
            if (index < gpus) {
                return Device.gpu(index);
            }
            var known = IntStream.range(0, gpus).mapToObj(i -> ", gpu:" + i).collect(Collectors.joining());
            throw UadException.resource(
                    "device " + name + " does not exist",
                    "engine.device",
                    "one of auto, cpu" + known,
                    "Run 'uad doctor' to see what this machine has");
        }
        throw UadException.config(
                "'" + name + "' names no device", "engine.device", "auto, cpu, gpu or gpu:N", "Correct engine.device");
    }
}
