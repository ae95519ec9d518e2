package io.uad.runtime.plugin;

import io.uad.runtime.Version;

/** The version that plugins require a range of. */
final class ApiVersion {
    /** What PF4J takes for "do not compare": a build that is run from its classes has no number. */
    private static final String ANY = "0.0.0";

    /** Without what a build before a release appends, which ranges would take for older than the release. */
    static final String CURRENT =
            Version.CURRENT.matches("\\d+\\..*") ? Version.CURRENT.replaceFirst("-SNAPSHOT$", "") : ANY;

    private ApiVersion() {}
}
