package io.uad.runtime;

import java.util.Optional;

/** Which UAD this is. */
public final class Version {
    /** Of the module, else from the jar's manifest; {@code development} when run from classes. */
    public static final String CURRENT = find().orElse("development");

    private Version() {}

    private static Optional<String> find() {
        var module = Version.class.getModule();
        return module.isNamed() // such a package does not know its jar's manifest
                ? module.getDescriptor().rawVersion()
                : Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
    }
}
