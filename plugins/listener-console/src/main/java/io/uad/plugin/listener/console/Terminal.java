package io.uad.plugin.listener.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out whether standard error is a terminal that can move its cursor. */
final class Terminal {
    private Terminal() {}

    /** Looks at this process. */
    static boolean isPresent() {
        return isPresent(System.getProperty("uad.terminal"), System.getenv());
    }

    /**
     * Decides.
     *
     * @param launcher {@code true} if the launcher found standard error to be a terminal. The JVM cannot find out: its
     *     console is about the other two streams, and from JDK 22 on always there
     */
    static boolean isPresent(@Nullable String launcher, Map<String, String> environment) {
        var type = environment.getOrDefault("TERM", "");
        return Boolean.parseBoolean(launcher) && !type.isEmpty() && !type.equals("dumb");
    }
}
