package io.uad.plugin.engine.libtorch;

import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceChoice;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.Membership;
import io.uad.api.engine.ProcessGroup;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.engine.libtorch.LibtorchOptions.ViewsChoice;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine: one device and one way to compute. The thread count is PyTorch's and so the whole process's. */
final class LibtorchEngine implements Engine {
    private final LibtorchDevice device;
    private final LibtorchLinearAlgebra algebra;
    private final boolean takesViews;
    private Arithmetic arithmetic;
    private EngineCapabilities capabilities;
    private final Set<LibtorchSession> sessions = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable LibtorchGroup group;
    private boolean open = true;

    private LibtorchEngine(LibtorchDevice device, Arithmetic arithmetic, EngineCapabilities capabilities) {
        this.device = device;
        this.arithmetic = arithmetic;
        this.capabilities = capabilities;
        this.takesViews = capabilities.has(Capability.VIEWS);
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
        CheckedConvolutions.check(opened.device(), chosen.arithmetic());
        var capabilities = new EngineCapabilities(
                name(chosen.arithmetic()),
                opened.device().info().name(),
                Stream.of(opened.reason(), chosen.reason())
                        .filter(reason -> !reason.isEmpty())
                        .collect(Collectors.joining("; ")),
                threads,
                chosen.arithmetic().precision(),
                capabilities(opened.device(), !chosen.reason().isEmpty(), options.views()),
                Devices.all(opened.device().info()));
        return new LibtorchEngine(opened.device(), chosen.arithmetic(), capabilities);
    }

    /**
     * CUDA's kernels add in the order in which their blocks end, and what is measured may come out otherwise the next time.
     */
    private static Set<Capability> capabilities(LibtorchDevice device, boolean isMeasured, ViewsChoice views) {
        var has = EnumSet.of(Capability.GRADIENT_EXCHANGE, Capability.PROCESS_GROUPS);
        if (views == ViewsChoice.DEVICE || (views == ViewsChoice.AUTO && device.isGpu())) {
            has.add(Capability.VIEWS);
        }
        if (!device.isGpu() && !isMeasured) {
            has.add(Capability.REPEATABLE);
        }
        return has;
    }

    @Override
    public EngineCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return Native.withoutGradient(() -> "compiling the network " + network.name(), () -> {
            var session = LibtorchSession.open(network, state, device, arithmetic, takesViews, group, sessions::remove);
            sessions.add(session);
            return session;
        });
    }

    @Override
    public ProcessGroup join(Membership membership) {
        if (group != null || !sessions.isEmpty()) {
            throw new IllegalStateException("a group is joined once, before any session is opened");
        }
        group = Rendezvous.join(membership, device);
        adopt(Arithmetic.of(group.broadcast(arithmetic.bytes()), device.type()));
        return group;
    }

    /** Process 0's way: what each has measured for itself may differ, and gradients of one step come from one way. */
    private void adopt(Arithmetic leaders) {
        ArithmeticChoice.require(leaders.precision(), device);
        arithmetic = leaders;
        capabilities = new EngineCapabilities(
                name(leaders),
                capabilities.device(),
                capabilities.deviceReason(),
                capabilities.threads(),
                leaders.precision(),
                capabilities.capabilities(),
                capabilities.devices());
    }

    private static String name(Arithmetic arithmetic) {
        return Library.NAME + (arithmetic.channelsLast() ? ", channels last" : "");
    }

    @Override
    public LibtorchLinearAlgebra linearAlgebra() {
        return algebra;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            List.copyOf(sessions).forEach(LibtorchSession::close);
            algebra.close();
            if (group != null) {
                group.close();
            }
            device.device().close();
            Library.THREADS.release();
        }
    }
}
