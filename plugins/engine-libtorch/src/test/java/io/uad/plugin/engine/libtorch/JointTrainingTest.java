package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.engine.Engine;
import io.uad.api.engine.Membership;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import io.uad.testkit.rates.NoisyNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several engines train one network; they are threads of one process here, and talk over TCP all the same. */
@Timeout(120)
class JointTrainingTest {
    private static final int STEPS = 3;
    private static final int BATCH = 12;

    /** What a process knows after some steps. */
    private record Trained(List<Double> losses, NamedTensors gradients, NamedTensors weights, NamedTensors momentum) {
        static Trained of(List<Double> losses, TrainingSession session) {
            var state = session.state();
            return new Trained(losses, state.read(Kind.GRADIENTS), state.read(Kind.WEIGHTS), state.read(Kind.MOMENTUM));
        }
    }

    private static Engine engine() {
        return engine(PrecisionChoice.FLOAT32);
    }

    private static Engine engine(PrecisionChoice precision) {
        return Goldens.engine(OptionalInt.of(1), precision, FormatChoice.CHANNELS_LAST);
    }

    /** Steps {@code first} to {@code last - 1}. */
    private record Steps(int first, int last) {}

    private static List<Trained> train(NoisyNetwork network, boolean joinStatistics, int... parts) {
        return train(network, joinStatistics, new Steps(0, STEPS), parts);
    }

    /** @param parts where each process's part of the batch begins, and where the last one ends */
    private static List<Trained> train(NoisyNetwork network, boolean joinStatistics, Steps steps, int... parts) {
        return train(network, PrecisionChoice.FLOAT32, joinStatistics, steps, parts);
    }

    private static List<Trained> train(
            NoisyNetwork network, PrecisionChoice precision, boolean joinStatistics, Steps steps, int... parts) {
        var port = LibtorchGroupTest.freePort();
        var size = parts.length - 1;
        var work = new ArrayList<Callable<Trained>>();
        for (var rank = 0; rank < size; rank++) {
            var member =
                    new Membership("127.0.0.1", port, rank, Math.max(2, size), Duration.ofSeconds(30), joinStatistics);
            var first = parts[rank];
            var last = parts[rank + 1];
            work.add(() -> {
                try (var engine = engine(precision)) {
                    if (size > 1) {
                        engine.join(member);
                    }
                    return train(network, engine, steps, first, last);
                }
            });
        }
        return LibtorchGroupTest.inThreads(work);
    }

    private static Trained train(NoisyNetwork network, Engine engine, Steps steps, int first, int last) {
        try (var session = network.open(engine)) {
            var losses = new ArrayList<Double>();
            for (var step = steps.first; step < steps.last; step++) {
                losses.add(network.train(session, step, first, last));
            }
            return Trained.of(losses, session);
        }
    }

    private static void assertClose(NamedTensors expected, NamedTensors actual, double tolerance) {
        assertTrue(isClose(expected, actual, tolerance), () -> actual + " instead of " + expected);
    }

    /** Whether no value is further away than that share of its tensor's largest one. */
    private static boolean isClose(NamedTensors expected, NamedTensors actual, double tolerance) {
        return expected.names().equals(actual.names())
                && expected.asMap().entrySet().stream()
                        .allMatch(tensor -> isClose(tensor.getValue(), actual.get(tensor.getKey()), tolerance));
    }

    private static boolean isClose(Tensor expected, Tensor actual, double tolerance) {
        if (!(expected.values() instanceof float[] values)) {
            return expected.equals(actual);
        }
        var most = 1e-6f; // biases before a normalisation have gradients of rounding only
        for (var value : values) {
            most = Math.max(most, Math.abs(value));
        }
        for (var i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i] - actual.floats()[i]) <= tolerance * most)) {
                return false;
            }
        }
        return true;
    }

    private static void assertSame(Trained one, Trained other) {
        assertEquals(one.losses, other.losses);
        assertEquals(one.gradients, other.gradients);
        assertEquals(one.weights, other.weights);
        assertEquals(one.momentum, other.momentum);
    }

    @Test
    void twoProcessesComeToWhatOneComesTo() {
        var network = Networks.alexnet(0.125, 16, 63);
        var alone = train(network, true, 0, BATCH).get(0);
        var together = train(network, true, 0, BATCH / 2, BATCH);
        assertSame(together.get(0), together.get(1));
        for (var step = 0; step < STEPS; step++) {
            assertEquals(alone.losses.get(step), together.get(0).losses.get(step), 1e-5);
        }
        assertClose(alone.weights, together.get(0).weights, 1e-3);
    }

    /**
     * Where the input of a ReLU is 0 to within rounding, either side is right, and gradients differ by more than that. It
     * does not happen with each of several batches.
     */
    @Test
    void gradientsOfResidualLayersAreThoseOfTheJointBatch() {
        var network = Networks.resnet(18, 0.125, 64);
        assertTrue(
                IntStream.range(0, 5).anyMatch(batch -> {
                    var step = new Steps(batch, batch + 1);
                    var alone = train(network, true, step, 0, BATCH).get(0);
                    var together = train(network, true, step, 0, BATCH / 2, BATCH);
                    return isClose(alone.gradients, together.get(0).gradients, 1e-4)
                            && isClose(alone.weights, together.get(1).weights, 1e-4);
                }),
                "no batch gave the same gradients");
    }

    @Test
    void partsMayDifferInSize() {
        var network = Networks.alexnet(0.125, 16, 63);
        var alone = train(network, true, 0, BATCH).get(0);
        var together = train(network, true, 0, 1, 8, BATCH);
        assertSame(together.get(0), together.get(2));
        assertClose(alone.weights, together.get(1).weights, 1e-3);
    }

    /** As in the last step of an epoch that has fewer samples than processes. */
    @Test
    void aBatchThatEveryProcessBringsCountsOnce() {
        var network = Networks.alexnet(0.125, 16, 63);
        var alone = train(network, true, 0, 3).get(0);
        var together = bringing(network, 2, 3);
        assertSame(together.get(0), together.get(1));
        assertClose(alone.weights, together.get(0).weights, 1e-5);
    }

    private static List<Trained> bringing(NoisyNetwork network, int size, int samples) {
        var port = LibtorchGroupTest.freePort();
        var work = new ArrayList<Callable<Trained>>();
        for (var rank = 0; rank < size; rank++) {
            var member = new Membership("127.0.0.1", port, rank, size, Duration.ofSeconds(30), true);
            work.add(() -> {
                try (var engine = engine()) {
                    engine.join(member);
                    try (var session = network.open(engine)) {
                        var losses = new ArrayList<Double>();
                        for (var step = 0; step < STEPS; step++) {
                            losses.add(network.train(session, step, 0, samples, size));
                        }
                        return Trained.of(losses, session);
                    }
                }
            });
        }
        return LibtorchGroupTest.inThreads(work);
    }

    /** Statistics are those of float32 there, too. */
    @Test
    void inBfloat16TwoProcessesComeNearWhatOneComesTo() {
        Assumptions.assumeTrue(Goldens.hasBfloat16(), "this processor has no bfloat16");
        var network = Networks.alexnet(0.125, 16, 63);
        var alone = train(network, PrecisionChoice.BFLOAT16, 0, BATCH).get(0);
        var together = train(network, PrecisionChoice.BFLOAT16, 0, BATCH / 2, BATCH);
        assertSame(together.get(0), together.get(1));
        assertClose(statistics(alone), statistics(together.get(0)), 0.01);
    }

    private static NamedTensors statistics(Trained trained) {
        var running = new LinkedHashMap<>(trained.weights.asMap());
        running.keySet().removeIf(name -> !name.contains("running"));
        return new NamedTensors(running);
    }

    private static List<Trained> train(NoisyNetwork network, PrecisionChoice precision, int... parts) {
        return train(network, precision, true, new Steps(0, STEPS), parts);
    }

    @Test
    void withStatisticsOfTheirOwnProcessesShareWeightsAndTheFirstOnesRunningStatistics() {
        var network = Networks.alexnet(0.125, 16, 63);
        var joint = train(network, true, 0, BATCH / 2, BATCH).get(0);
        var own = train(network, false, 0, BATCH / 2, BATCH);
        assertSame(own.get(0), own.get(1));
        assertFalse(joint.weights.equals(own.get(0).weights));
    }
}
