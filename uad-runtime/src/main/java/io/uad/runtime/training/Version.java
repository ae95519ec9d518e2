package io.uad.runtime.training;

/** Which UAD this is. */
public final class Version {
    /** From the jar's manifest; {@code development} when run from classes. */
    public static final String CURRENT = find();

    private Version() {}

    private static String find() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
