package io.uad.plugin.engine.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceChoice;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.Precision;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.engine.common.LibraryFailures;
import io.uad.plugin.engine.common.ThreadCount;
import java.util.EnumSet;
import java.util.Set;

/** The engine: one device, one root manager. The thread count is PyTorch's and so the whole process's. */
final class DjlEngine implements Engine {
    private static final ThreadCount THREADS = new ThreadCount(JniUtils::setNumThreads);

    final NDManager manager;
    private final EngineCapabilities capabilities;
    private final DjlLinearAlgebra algebra;
    private boolean open = true;

    private DjlEngine(NDManager manager, EngineCapabilities capabilities) {
        this.manager = manager;
        this.capabilities = capabilities;
        this.algebra = new DjlLinearAlgebra(manager);
    }

    private record Opened(NDManager manager, String reason) {}

    static DjlEngine open(DjlOptions options) {
        DeviceChoice.of(options.device()); // an error before anything is loaded
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
        var choice = DeviceChoice.of(options.device());
        var threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
        THREADS.claim(threads);
        try {
            var opened = choice.kind() == DeviceChoice.Kind.AUTO ? best(gpus, reason) : named(choice, gpus, reason);
            var device = opened.manager.getDevice();
            return new DjlEngine(
                    opened.manager,
                    new EngineCapabilities(
                            "PyTorch " + version + " (DJL)",
                            Devices.name(device),
                            opened.reason,
                            threads,
                            Precision.FLOAT32,
                            capabilities(device),
                            Devices.all(gpus)));
        } catch (RuntimeException | Error e) {
            THREADS.release();
            throw e;
        }
    }

    /** CUDA's kernels add in the order in which their blocks end. */
    private static Set<Capability> capabilities(Device device) {
        return device.isGpu()
                ? EnumSet.of(Capability.GRADIENT_EXCHANGE)
                : EnumSet.of(Capability.GRADIENT_EXCHANGE, Capability.REPEATABLE);
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
    public DjlLinearAlgebra linearAlgebra() {
        return algebra;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            manager.close();
            THREADS.release();
        }
    }

    private static Opened best(int gpus, String reason) {
        if (gpus == 0) {
            return new Opened(working(Device.cpu()), noGpu(reason));
        }
        try {
            return new Opened(working(Device.gpu(0)), "a GPU was found");
        } catch (EngineException | UadException e) {
            return new Opened(working(Device.cpu()), "the GPU does not work: " + LibraryFailures.reason(e));
        }
    }

    private static String noGpu(String known) {
        if (!known.isEmpty()) {
            return known;
        }
        return Library.isCpuBuild() ? "this PyTorch is the CPU build" : "no usable CUDA device was found";
    }

    private static Opened named(DeviceChoice choice, int gpus, String reason) {
        choice.require(gpus, gpus == 0 ? noGpu(reason) : "");
        var device = choice.kind() == DeviceChoice.Kind.GPU ? Device.gpu(choice.index()) : Device.cpu();
        try {
            return new Opened(working(device), "");
        } catch (EngineException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "device " + choice + " does not work: " + LibraryFailures.reason(e),
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
            CheckedConvolutions.check(trial);
            return manager;
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }
}
