package io.uad.plugin.engine.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.api.ErrorKind;
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
    final NDManager manager;
    private final EngineCapabilities capabilities;
    private final LinearAlgebra algebra;
    private boolean open = true;

    private DjlEngine(NDManager manager, EngineCapabilities capabilities) {
        this.manager = manager;
        this.capabilities = capabilities;
        this.algebra = new DjlLinearAlgebra(manager);
    }

    private record Opened(NDManager manager, String reason) {}

    static DjlEngine open(DjlOptions options) {
        var library = Library.load(options.device());
        var engine = library.engine();
        return open(options, engine.getVersion(), engine.getGpuCount(), library.reason());
    }

    /**
     * Opens a device and computes something on it, so that a broken one fails here.
     *
     * @param gpus how many CUDA devices the library sees
     * @param reason why it sees none, if that is known; else empty
     */
    static DjlEngine open(DjlOptions options, String version, int gpus, String reason) {
        var threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
        ThreadCount.claim(threads);
        try {
            var opened = options.device().equals("auto") ? best(gpus, reason) : named(options.device(), gpus, reason);
            var device = opened.manager.getDevice();
            return new DjlEngine(
                    opened.manager,
                    new EngineCapabilities(
                            "PyTorch " + version + " (DJL)",
                            device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu",
                            opened.reason,
                            threads));
        } catch (RuntimeException | Error e) {
            ThreadCount.release();
            throw e;
        }
    }

    @Override
    public EngineCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return Native.withoutGradient(() -> "compiling the network " + network.name(), () -> {
            var own = manager.newSubManager();
            try {
                return new DjlSession(network, state, own);
            } catch (RuntimeException | Error e) {
                own.close();
                throw e;
            }
        });
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return algebra;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            manager.close();
            ThreadCount.release();
        }
    }

    private static Opened best(int gpus, String reason) {
        if (gpus == 0) {
            return new Opened(working(Device.cpu()), reason.isEmpty() ? noGpu() : reason);
        }
        try {
            return new Opened(working(Device.gpu(0)), "a GPU was found");
        } catch (EngineException | UadException e) {
            return new Opened(working(Device.cpu()), "the GPU does not work: " + Native.reason(e));
        }
    }

    private static String noGpu() {
        return Library.isCpuBuild() ? "this PyTorch is the CPU build" : "no usable CUDA device was found";
    }

    private static Opened named(String name, int gpus, String reason) {
        var device = device(name, gpus, reason);
        try {
            return new Opened(working(device), "");
        } catch (EngineException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "device " + name + " does not work: " + Native.reason(e),
                    "engine.device",
                    "a device with free memory and a driver that fits the natives",
                    "Run 'uad doctor', or use engine.device: cpu",
                    e);
        }
    }

    private static NDManager working(Device device) {
        var manager = NDManager.newBaseManager(device, "PyTorch");
        try (var trial = manager.newSubManager()) {
            trial.ones(new Shape(1)).toFloatArray();
            new ArithmeticCheck(trial).run();
            return manager;
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private static Device device(String name, int gpus, String reason) {
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
                    "device " + name + " does not exist"
                            + (gpus > 0 ? "" : ", as " + (reason.isEmpty() ? noGpu() : reason)),
                    "engine.device",
                    "one of auto, cpu" + known,
                    "Run 'uad doctor' to see what this machine has");
        }
        throw UadException.config(
                "'" + name + "' names no device", "engine.device", "auto, cpu, gpu or gpu:N", "Correct engine.device");
    }
}
