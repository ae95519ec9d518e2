package io.uad.testkit.contract;

import java.util.List;

/**
 * What the contract found about one provider.
 *
 * @param provider its name
 * @param checks one after the other
 */
public record Scorecard(String provider, List<Check> checks) {
    public Scorecard {
        checks = List.copyOf(checks);
    }

    /** How a check ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** Nothing to check, or it cannot be without options that the caller gives. */
        NOT_CHECKED
    }

    /**
     * One fact that was looked at.
     *
     * @param name the fact in words, {@code every row gets a label}
     * @param outcome how it ended
     * @param message what was found instead, or why it was not checked; empty if it passed
     */
    public record Check(String name, Outcome outcome, String message) {
        /** Whether the fact holds. */
        public boolean passed() {
            return outcome == Outcome.PASSED;
        }

        /** Whether the fact does not hold. */
        public boolean failed() {
            return outcome == Outcome.FAILED;
        }
    }

    /** The facts that do not hold. */
    public List<Check> failures() {
        return checks.stream().filter(Check::failed).toList();
    }

    /** Whether none failed. */
    public boolean passed() {
        return failures().isEmpty();
    }
}
