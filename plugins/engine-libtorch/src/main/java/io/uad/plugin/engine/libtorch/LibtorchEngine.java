package io.uad.plugin.engine.libtorch;

import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceChoice;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.TrainingSession;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The engine: one device and one way to compute. The thread count is PyTorch's and so the whole process's. */
final class LibtorchEngine implements Engine {
    private final LibtorchDevice device;
    private final Arithmetic arithmetic;
    private final EngineCapabilities capabilities;
    private final LinearAlgebra algebra;
    private final List<LibtorchSession> sessions = new ArrayList<>();
    private boolean open = true;

    private LibtorchEngine(LibtorchDevice device, Arithmetic arithmetic, EngineCapabilities capabilities) {
        this.device = device;
        this.arithmetic = arithmetic;
        this.capabilities = capabilities;
        this.algebra = new LibtorchLinearAlgebra(device);
    }

    /** Opens a device and computes something on it, so that a broken one fails here. */
    static LibtorchEngine open(LibtorchOptions options) {
        var choice = DeviceChoice.of(options.device()); // an error before anything is loaded
        Library.load();
        var threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
        Library.THREADS.claim(threads);
        try {
            return Native.withoutGradient(() -> "opening device " + choice, () -> open(options, choice, threads));
        } catch (RuntimeException | Error e) {
            Library.THREADS.release();
            throw e;
        }
    }

    private static LibtorchEngine open(LibtorchOptions options, DeviceChoice choice, int threads) {
        var opened = Devices.open(choice);
        var chosen = ArithmeticChoice.of(options, opened.device());
        var capabilities = new EngineCapabilities(
                Library.NAME,
                opened.device().info().name(),
                opened.reason(),
                threads,
                chosen.arithmetic().precision(),
                capabilities(opened.device(), chosen.isMeasured()),
                Devices.all());
        return new LibtorchEngine(opened.device(), chosen.arithmetic(), capabilities);
    }

    /** CUDA's kernels add in the order in which their blocks end; what is measured may come out otherwise the next time. */
    private static Set<Capability> capabilities(LibtorchDevice device, boolean isMeasured) {
        return device.isGpu() || isMeasured
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
            var session = LibtorchSession.open(network, state, device, arithmetic);
            sessions.add(session);
            return session;
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
            sessions.forEach(LibtorchSession::close);
            device.device().close();
            Library.THREADS.release();
        }
    }
}
