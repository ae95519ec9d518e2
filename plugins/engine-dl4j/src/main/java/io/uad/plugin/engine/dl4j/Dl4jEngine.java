package io.uad.plugin.engine.dl4j;

import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceChoice;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Precision;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.engine.common.Processor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The engine, on the CPU. The thread count is the whole process's. */
final class Dl4jEngine implements Engine {
    private final EngineCapabilities capabilities;
    private final Workers workers;
    private final Dl4jLinearAlgebra algebra;
    private final List<Dl4jSession> sessions = new ArrayList<>();
    private boolean open = true;

    private Dl4jEngine(int threads, String reason) {
        this.capabilities = new EngineCapabilities(
                Library.NAME,
                "cpu",
                reason,
                threads,
                Precision.FLOAT32,
                EnumSet.of(Capability.REPEATABLE, Capability.GRADIENT_EXCHANGE),
                List.of(Processor.device()));
        this.workers = new Workers(threads);
        this.algebra = new Dl4jLinearAlgebra(threads, workers);
    }

    /**
     * Loads the library and computes something with it, so that a broken one fails here.
     *
     * @throws UadException of kind CONFIG if there is no such kind of device, RESOURCE if it or the library cannot be used here
     */
    static Dl4jEngine open(Dl4jOptions options) {
        var device = DeviceChoice.of(options.device());
        requireCpu(device);
        Library.load();
        var threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
        Library.THREADS.claim(threads);
        Dl4jEngine engine = null;
        try {
            engine = new Dl4jEngine(
                    threads,
                    device.kind() == DeviceChoice.Kind.AUTO ? "this build of ND4J has natives for the CPU only" : "");
            engine.check();
            return engine;
        } catch (RuntimeException | Error e) {
            if (engine == null) {
                Library.THREADS.release();
            } else {
                engine.close();
            }
            throw e;
        }
    }

    private static void requireCpu(DeviceChoice device) {
        if (device.kind() == DeviceChoice.Kind.GPU) {
            throw UadException.resource(
                    "device " + device + " cannot be had: this build of ND4J has natives for the CPU only",
                    "engine.device",
                    "auto or cpu; a GPU would need nd4j-cuda-11.6 with CUDA 11.6, the last there is, instead of nd4j-native",
                    "Use engine.device: cpu, or engine.plugin: djl, which runs on a GPU");
        }
    }

    private void check() {
        Native.call(capabilities.threads(), () -> "trying the library", () -> {
            new ArithmeticCheck(workers).run();
            return this;
        });
    }

    @Override
    public EngineCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        var threads = capabilities.threads();
        var session = Native.call(
                threads,
                () -> "compiling the network " + network.name(),
                () -> new Dl4jSession(network, new Dl4jState(network, state), workers, threads));
        sessions.removeIf(Dl4jSession::isClosed);
        sessions.add(session);
        return session;
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return algebra;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            sessions.forEach(Dl4jSession::close);
            algebra.close();
            workers.close();
            Library.THREADS.release();
        }
    }
}
