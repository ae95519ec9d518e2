package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.TensorShape;
import io.uad.runtime.plan.Limits;
import io.uad.runtime.plan.Phase;
import io.uad.runtime.plan.Place;
import io.uad.runtime.plan.RunPlan;
import io.uad.runtime.plan.SizedThing;
import io.uad.runtime.process.Topology;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Process 0 takes 500 MiB of heap and 200 of its engine, each other one 100 and 200. */
class PlanReportTest {
    private static final long MIB = 1 << 20;

    private static RunPlan plan(Topology processes) {
        return new RunPlan(
                Path.of("run"),
                "photos",
                1000,
                0,
                TensorShape.image(224),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                OptionalInt.of(10),
                64,
                16,
                3,
                0,
                "an engine",
                processes,
                List.of(thing(Place.HEAP, 500), thing(Place.DEVICE, 200)),
                processes.isAlone() ? List.of() : List.of(thing(Place.HEAP, 100), thing(Place.DEVICE, 200)),
                new Limits(1024 * MIB, 4096 * MIB, 0, 0, false, Limits.UNKNOWN_DISK),
                List.of(),
                List.of());
    }

    private static SizedThing thing(Place place, long mebibytes) {
        return new SizedThing("it", place, mebibytes * MIB, 0, Set.of(Phase.TRAINING), "made up", "");
    }

    private static String text(Topology processes) {
        var text = new StringWriter();
        new PlanReport(plan(processes)).print(new PrintWriter(text), "train photos");
        return text.toString();
    }

    private static void assertSays(String text, String... words) {
        for (var word : words) {
            assertTrue(text.contains(word), "no '" + word + "' in\n" + text);
        }
    }

    @Test
    void aPlanOfOneProcessDoesNotSpeakOfProcesses() {
        var text = text(Topology.ALONE);
        assertFalse(text.contains("process"), text);
        assertSays(text, "Java's heap: about 500 MiB at the most, of 1024 MiB");
        var processes = processes(Topology.ALONE);
        assertEquals(1, processes.get("count"));
        assertEquals(700 * MIB, processes.get("machineBytes"));
        assertNull(processes.get("other"));
    }

    @Test
    void processesOfThisMachineAreShownOneByOneAndTogether() {
        var four = Topology.onThisMachine(4, 256 * MIB);
        assertSays(
                text(four),
                "processes    4 on this machine, each with 16 images of a step at the most",
                "Java's heap, process 0: about 500 MiB at the most, of 1024 MiB",
                "Each of the 3 other processes",
                "100 MiB at the most, of 256 MiB",
                "its 4 processes: about 1600 MiB at the most, of 4096 MiB");
        var processes = processes(four);
        assertEquals(4, processes.get("count"));
        assertEquals(4, processes.get("onThisMachine"));
        assertEquals(1600 * MIB, processes.get("machineBytes"));
        var other = map(processes.get("other"));
        assertEquals(256 * MIB, other.get("heap"));
        assertEquals(300 * MIB, other.get("processBytes"));
        assertEquals(200 * MIB, map(other.get("peakBytes")).get("device"));
    }

    @Test
    void processesOfOtherMachinesAreNoneOfThisOnes() {
        var two = Topology.onMachines(2, true);
        assertSays(
                text(two),
                "processes    2 on as many machines like this one, each with 32 images",
                "The other process",
                "100 MiB at the most, of 1024 MiB",
                "with process 0: about 700 MiB at the most, of 4096 MiB");
        assertEquals(1, processes(two).get("onThisMachine"));
        assertEquals(700 * MIB, processes(two).get("machineBytes"));
    }

    private static Map<?, ?> processes(Topology processes) {
        return map(new PlanReport(plan(processes)).values().get("processes"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }
}
