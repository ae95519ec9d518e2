package io.uad.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that UAD and the Python original both do, each in a process of its own.
 *
 * @param name for {@code --only}, and of the script's piece
 * @param what it does, for the table
 * @param unit of its figure: {@code images/s} or {@code s}
 * @param goal what the ratio of UAD's figure to the original's shall reach; null for none
 * @param peer the script's piece and its arguments; empty if the original does nothing like it
 * @param work does it in this process, or in one that it starts
 * @param clock what is timed
 */
record Piece(
        String name, String what, String unit, @Nullable Double goal, List<String> peer, Work work, Clock clock) {
    /** What is timed, and where. */
    enum Clock {
        /** The work, by the process that does it. */
        WORK,
        /** The same, by processes that are kept to one core. */
        ONE_CORE,
        /** The whole process. */
        PROCESS
    }

    /** One that is timed by the process that does it. */
    Piece(String name, String what, String unit, @Nullable Double goal, List<String> peer, Work work) {
        this(name, what, unit, goal, peer, work, Clock.WORK);
    }
    /** Does a piece once, after a warm-up where it is short. */
    @FunctionalInterface
    interface Work {
        Figure run(SideSettings settings) throws Exception;
    }

    /**
     * What a process found out.
     *
     * @param value in the piece's unit
     * @param quality an objective, a recall or the like, by which one sees that both did the same; null for none
     * @param peakMiB of memory before the network is trained, where a piece trains; null elsewhere
     * @param processMiB of memory of the process that did the work, where that is another one; null elsewhere
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Figure(
            double value,
            @Nullable Double quality,
            @Nullable Double peakMiB,
            @Nullable Double processMiB) {
        static Figure of(double value) {
            return new Figure(value, null, null, null);
        }
    }

    /** Rates shall be large and times small. */
    boolean isRate() {
        return unit.endsWith("/s");
    }

    /** Whether a ratio is good enough; true without a goal. */
    boolean reaches(double ratio) {
        return goal == null || (isRate() ? ratio >= goal : ratio <= goal);
    }

    /** {@code >= 1.05}, or empty. */
    String goalText() {
        return goal == null ? "" : (isRate() ? "≥ " : "≤ ") + goal;
    }
}
