package io.uad.testkit.contract;

/** An option must be given, and nobody gave it. */
final class NoDefaultException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NoDefaultException(String option) {
        super("the option " + option + " has no default and must be given, by options() or to Contracts.run");
    }
}
