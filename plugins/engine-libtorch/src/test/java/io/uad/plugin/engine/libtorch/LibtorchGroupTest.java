package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.Membership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members are threads of one process here; they talk over TCP all the same. */
@Timeout(60)
class LibtorchGroupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A store that is freed ends the JVM. */
    private static final List<Pointer> KEPT = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void load() {
        Library.load();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Also one that this machine lacks: joining alone computes nothing. */
    private static LibtorchDevice device(DeviceType type) {
        return new LibtorchDevice(new Device(type, (byte) 0), new DeviceInfo("of a test", "", 0, 0));
    }

    static Membership member(int port, int rank, int size, Duration patience) {
        return new Membership("127.0.0.1", port, rank, size, patience, true);
    }

    /** What each member comes to, by rank. */
    static <T> List<T> together(int size, Function<LibtorchGroup, T> work) {
        var port = freePort();
        return inThreads(IntStream.range(0, size)
                .mapToObj(rank -> (Callable<T>) () -> {
                    try (var group = Rendezvous.join(member(port, rank, size, PATIENCE), device(DeviceType.CPU))) {
                        return work.apply(group);
                    }
                })
                .toList());
    }

    static <T> List<T> inThreads(List<Callable<T>> work) {
        var threads = Executors.newFixedThreadPool(work.size());
        try {
            var futures = work.stream().map(threads::submit).toList();
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get(50, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String refusal(Callable<?> joining) {
        return String.valueOf(refused(joining).getMessage());
    }

    private static UadException refused(Callable<?> joining) {
        return assertThrows(UadException.class, () -> joining.call());
    }

    @Test
    void sumsAreThoseOfAllProcessesEverywhere() {
        var sums = together(3, group -> {
            var values = new double[] {group.rank(), 1, 0.5};
            group.sum(values);
            return values;
        });
        sums.forEach(values -> assertArrayEquals(new double[] {3, 3, 1.5}, values));
    }

    @Test
    void everyProcessReceivesWhatTheFirstOneHas() {
        var received = together(
                2,
                group -> List.of(
                        group.broadcast(group.rank() == 0 ? new byte[] {1, 2, 3} : new byte[9]),
                        group.broadcast(new byte[0])));
        received.forEach(values -> {
            assertArrayEquals(new byte[] {1, 2, 3}, values.get(0));
            assertEquals(0, values.get(1).length);
        });
    }

    @Test
    void theFirstProcessCollectsWhatEachHasByRank() {
        var gathered = together(3, group -> group.gather(new byte[group.rank()]));
        assertEquals(
                List.of(0, 1, 2),
                gathered.get(0).stream().map(values -> values.length).toList());
        assertTrue(gathered.get(1).isEmpty() && gathered.get(2).isEmpty());
    }

    @Test
    void aCallFailsWhenAnotherProcessHasLeft() {
        var failures = together(2, group -> {
            if (group.rank() == 1) {
                return "left";
            }
            var failure = assertThrows(UadException.class, () -> {
                for (var i = 0; i < 100; i++) {
                    group.sum(new double[1]);
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            });
            assertEquals(ErrorKind.RESOURCE, failure.kind());
            return String.valueOf(failure.getMessage());
        });
        assertTrue(failures.get(0).contains("lost"), failures.get(0));
    }

    @Test
    void aSilentProcessIsWaitedForAsLongAsPatienceLasts() {
        var port = freePort();
        var patience = Duration.ofSeconds(3);
        var member = (IntFunction<Membership>)
                rank -> // who had longer to come
                new Membership("127.0.0.1", port, rank, 2, Duration.ofSeconds(40), patience, true);
        var refused = new CountDownLatch(1);
        var said = inThreads(IntStream.range(0, 2)
                .mapToObj(rank -> (Callable<String>) () -> {
                    var group = Rendezvous.join(member.apply(rank), device(DeviceType.CPU));
                    if (rank == 1) {
                        assertTrue(refused.await(30, TimeUnit.SECONDS), "it is waited for too long");
                        return "silent";
                    }
                    try {
                        return refusal(() -> {
                            group.sum(new double[1]);
                            return group;
                        });
                    } finally {
                        refused.countDown();
                    }
                })
                .toList());
        assertTrue(said.get(0).contains("not answered for 3 s"), said.get(0));
    }

    @Test
    void aProcessThatEndsBeforeAllAreConnectedIsNotWaitedForLongerThanJoiningTakes() {
        var port = freePort();
        var first = new Membership("127.0.0.1", port, 0, 2, Duration.ofSeconds(4), Duration.ofMinutes(2), true);
        var said = inThreads(List.<Callable<String>>of(
                () -> refusal(() -> Rendezvous.join(first, device(DeviceType.CPU))), () -> comeOnly(port, 1, 2)));
        assertTrue(said.get(0).contains("process 1 could not be connected within 4 s"), said.get(0));
    }

    /** Registers as a process does, and does no more. */
    private static String comeOnly(int port, int rank, int size) throws InterruptedException {
        while (!isOpen(port)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        var patience = new Milliseconds(20_000);
        var options = new TCPStoreOptions();
        options.port((short) port);
        options.isServer(false);
        options.waitWorkers(false);
        options.timeout(patience);
        var store = new TCPStore("127.0.0.1", options);
        KEPT.addAll(List.of(patience, options, store));
        store.compareSet("size", "", String.valueOf(size));
        store.add("process/" + rank, 1);
        return "came";
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aProcessThatDoesNotComeIsNamed() {
        var failure =
                refused(() -> Rendezvous.join(member(freePort(), 0, 3, Duration.ofSeconds(1)), device(DeviceType.CPU)));
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertTrue(
                String.valueOf(failure.getMessage()).contains("processes 1, 2 did not come within 1 s"),
                failure.getMessage());
    }

    @Test
    void withoutTheFirstProcessTheOthersSayWhereTheyLooked() {
        var port = freePort();
        var failure = refused(() -> Rendezvous.join(member(port, 1, 2, Duration.ofSeconds(1)), device(DeviceType.CPU)));
        assertEquals(ErrorKind.RESOURCE, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("process 0 was not there"), failure.getMessage());
        assertTrue(failure.toString().contains(String.valueOf(port)), failure.toString());
    }

    /** The library would wait for it without end. */
    @Test
    void aListenerThatSaysNothingIsLeftInTime() throws IOException {
        try (var other = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            var member = member(other.getLocalPort(), 1, 2, Duration.ofSeconds(2));
            var failure = refused(() -> Rendezvous.join(member, device(DeviceType.CPU)));
            assertEquals(ErrorKind.RESOURCE, failure.kind());
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("does not do so as process 0"), failure.getMessage());
        }
    }

    @Test
    void aHostThatIsNotKnownIsNamedAtOnce() {
        var member = new Membership("[no address", 29500, 1, 2, PATIENCE, true);
        var failure = refused(() -> Rendezvous.join(member, device(DeviceType.CPU)));
        assertTrue(
                String.valueOf(failure.getMessage()).contains("the host [no address is not known here"),
                failure.getMessage());
    }

    @Test
    void aProcessThatIsInterruptedStopsWaitingForTheFirst() throws InterruptedException {
        var ended = new CompletableFuture<Throwable>();
        var member = member(freePort(), 1, 2, PATIENCE);
        var waiting = new Thread(() ->
                ended.complete(assertThrows(Throwable.class, () -> Rendezvous.join(member, device(DeviceType.CPU)))));
        waiting.start();
        waiting.interrupt();
        waiting.join(5000);
        assertInstanceOf(CancellationException.class, ended.getNow(null));
    }

    @Test
    void twoProcessesOfOneNumberAreBothRefused() {
        var port = freePort();
        var said = inThreads(IntStream.of(0, 1, 1)
                .mapToObj(rank -> (Callable<String>)
                        () -> refusal(() -> Rendezvous.join(member(port, rank, 3, PATIENCE), device(DeviceType.CPU))))
                .toList());
        said.forEach(message -> assertTrue(message.contains("two processes 1"), message));
    }

    @Test
    void processesThatCountDifferentlyAreRefused() {
        var port = freePort();
        var said = inThreads(IntStream.range(0, 2)
                .mapToObj(rank -> (Callable<String>) () ->
                        refusal(() -> Rendezvous.join(member(port, rank, 2 + rank, PATIENCE), device(DeviceType.CPU))))
                .toList());
        said.forEach(message -> assertTrue(message.contains("counts"), message));
    }

    @Test
    void processesOnGpusAndOnTheCpuDoNotWorkTogether() {
        var port = freePort();
        var said = inThreads(IntStream.range(0, 3)
                .mapToObj(rank -> (Callable<String>) () -> refusal(() -> Rendezvous.join(
                        member(port, rank, 3, PATIENCE), device(rank == 2 ? DeviceType.CPU : DeviceType.CUDA))))
                .toList());
        said.forEach(message -> assertTrue(message.contains("of 3 processes, 2 compute on a GPU"), message));
    }

    /** The build for the CPU has no NCCL. */
    @Test
    void withoutNcclNoGpuWaitsForAnother() {
        var port = freePort();
        var said = inThreads(IntStream.range(0, 2)
                .mapToObj(rank -> (Callable<String>)
                        () -> refusal(() -> Rendezvous.join(member(port, rank, 2, PATIENCE), device(DeviceType.CUDA))))
                .toList());
        said.forEach(message -> assertTrue(message.contains("cannot be connected by NCCL"), message));
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            var failure = refused(
                    () -> Rendezvous.join(member(taken.getLocalPort(), 0, 2, PATIENCE), device(DeviceType.CPU)));
            assertTrue(
                    String.valueOf(failure.getMessage()).contains(taken.getLocalPort() + " is in use"),
                    failure.getMessage());
        }
    }
}
