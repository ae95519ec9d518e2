package io.uad.plugin.engine.libtorch;

import io.uad.api.UadException;
import io.uad.api.engine.Membership;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.TensorVector;

/**
 * Brings processes together: each registers at a store that process 0 keeps, and waits there for the others.
 *
 * <p>A store that the garbage collector or a scope frees ends the JVM, so all of them are kept, and no scope is open while
 * one is made.
 */
final class Rendezvous {
    private static final List<Pointer> KEPT = new ArrayList<>();
    private static final String REFUSAL = "refusal";
    private static final String GIVEN_UP = "given up";
    private static final long POLL_MILLISECONDS = 50;
    private static final long FAREWELL_MILLISECONDS = 1000;

    private final Membership membership;
    private final TCPStore store;
    private final PrefixStore
            shared; // hands out a store once more; made twice of the same Java object, it is freed twice

    private Rendezvous(Membership membership) {
        this.membership = membership;
        this.store = store(membership);
        this.shared = kept(new PrefixStore("groups", store));
    }

    /**
     * Waits for all.
     *
     * @param device of this process
     * @throws io.uad.api.UadException of kind RESOURCE if not all come, or some have a GPU and some not; CONFIG if their
     *     numbers do not fit
     */
    static LibtorchGroup join(Membership membership, LibtorchDevice device) {
        var rendezvous = new Rendezvous(membership);
        try {
            rendezvous.register();
            rendezvous.await();
            return rendezvous.connect(device);
        } catch (RuntimeException e) {
            rendezvous.leave();
            throw e;
        }
    }

    private static synchronized <P extends Pointer> P kept(P pointer) {
        KEPT.add(pointer);
        return pointer;
    }

    private static TCPStore store(Membership membership) {
        var options = kept(new TCPStoreOptions());
        options.port((short) membership.port());
        options.isServer(membership.rank() == 0);
        options.waitWorkers(false);
        options.timeout(kept(new Milliseconds(membership.joinPatience().toMillis())));
        return new MeetingPlace(membership).open(() -> kept(new TCPStore(membership.host(), options)));
    }

    private static String key(int rank) {
        return "process/" + rank;
    }

    /** The number comes last: whoever sees all of them sees processes that agree on how many they are. */
    private void register() {
        var own = String.valueOf(membership.size());
        var first = asking(() -> store.compareSet("size", "", own));
        if (!first.equals(own)) {
            throw refuse("one process counts " + first + " of them, another " + own);
        }
        if (asking(() -> store.add(key(membership.rank()), 1)) > 1) {
            throw refuse("there are two processes " + membership.rank());
        }
    }

    private UadException refuse(String reason) {
        say(REFUSAL, reason);
        return GroupFailures.refused(membership, reason);
    }

    private void say(String key, String reason) {
        asking(() -> {
            store.set(key, reason);
            return key;
        });
    }

    private void await() {
        var deadline = System.nanoTime() + membership.joinPatience().toNanos();
        var missing = missing();
        while (!missing.isEmpty()) {
            if (isThere(REFUSAL)) {
                throw GroupFailures.refused(membership, asking(() -> store.get_to_str(REFUSAL)));
            }
            if (isThere(GIVEN_UP)) {
                throw GroupFailures.missing(membership, asking(() -> store.get_to_str(GIVEN_UP)));
            }
            if (System.nanoTime() > deadline) {
                var names =
                        String.join(", ", missing.stream().map(String::valueOf).toList());
                say(GIVEN_UP, names);
                throw GroupFailures.missing(membership, names);
            }
            MeetingPlace.pause(POLL_MILLISECONDS);
            missing = missing();
        }
    }

    private List<Integer> missing() {
        return IntStream.range(0, membership.size())
                .filter(rank -> !isThere(key(rank)))
                .boxed()
                .toList();
    }

    private boolean isThere(String key) {
        return asking(() -> store.check(new StringVector(key)));
    }

    /** Asks the store, which ends with process 0. */
    private <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw GroupFailures.left(membership, e);
        }
    }

    private LibtorchGroup connect(LibtorchDevice device) {
        var gloo = gloo();
        var group = new LibtorchGroup(membership, gloo, null);
        var done = false;
        try {
            var gpus = new double[] {device.isGpu() ? 1 : 0};
            group.sum(gpus);
            if (gpus[0] > 0 && gpus[0] < membership.size()) {
                throw GroupFailures.mixed(membership, (int) gpus[0]);
            }
            var all = group;
            if (device.isGpu()) {
                requireNccl(group);
                all = new LibtorchGroup(membership, gloo, nccl(device));
            }
            done = true;
            return all;
        } finally {
            if (!done) {
                group.close();
            }
        }
    }

    /** Connecting waits for all without end, so all make sure that they can before one begins. */
    private void requireNccl(LibtorchGroup group) {
        var missing = Nccl.missing();
        var without = new double[] {missing.isPresent() ? 1 : 0};
        group.sum(without);
        if (without[0] > 0) {
            throw GroupFailures.withoutNccl(
                    membership,
                    missing.orElseGet(() -> new UnsatisfiedLinkError("another process cannot load it, and says why")));
        }
    }

    /** Connects at once, so that GPUs that cannot be brought together fail here. */
    private Backend nccl(LibtorchDevice device) {
        try (var scope = new PointerScope()) {
            var nccl = Nccl.open(membership, shared); // freed with the scope if it does not connect
            nccl.allreduce(new TensorVector(device.transfer().create(new float[] {1}, 1)))
                    ._wait();
            nccl.retainReference();
            return kept(nccl);
        } catch (RuntimeException | LinkageError e) {
            throw GroupFailures.withoutNccl(membership, e);
        }
    }

    /** Connecting is part of joining, and waits no longer. */
    private ProcessGroupGloo gloo() {
        var options = kept(ProcessGroupGloo.Options.create(
                kept(new Milliseconds(membership.joinPatience().toMillis()))));
        var device = kept(ProcessGroupGloo.createDeviceForHostname(ownAddress()));
        options.devices(kept(new GlooDeviceVector(device)));
        try {
            var gloo = kept(new ProcessGroupGloo(
                    kept(shared.getUnderlyingStore()), membership.rank(), membership.size(), options));
            gloo.setTimeout(kept(new Milliseconds(membership.patience().toMillis())));
            return gloo;
        } catch (RuntimeException e) {
            throw GroupFailures.unconnected(membership, e);
        }
    }

    /**
     * The address by which others reach this process: that of the way to process 0. Process 0's own name is often one of
     * loopback on its machine; it then takes an address that others see, unless all are on this machine.
     */
    private String ownAddress() {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(membership.host(), membership.port())); // sends nothing
            var address = socket.getLocalAddress();
            return address.isLoopbackAddress() && !isLoopback(membership.host())
                    ? outward().orElse(address).getHostAddress()
                    : address.getHostAddress();
        } catch (IOException e) {
            return membership.host();
        }
    }

    /** Whether a name says that it is of this machine only. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private static Optional<InetAddress> outward() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    /** Process 0 stays for a moment, so that the others can read why it leaves. */
    private void leave() {
        if (membership.rank() == 0) {
            MeetingPlace.pause(FAREWELL_MILLISECONDS);
        }
    }
}
