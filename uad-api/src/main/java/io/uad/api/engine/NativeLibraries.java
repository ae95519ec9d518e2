package io.uad.api.engine;

import io.uad.api.UadException;
import java.util.HashMap;
import java.util.Map;

/**
 * Native libraries of which a process can hold one copy only, whichever plugin brings it. Two engines on PyTorch, say, bring
 * one each, and the second to be loaded would end the process.
 *
 * @since 0.1
 */
public final class NativeLibraries {
    private static final Map<String, String> OWNERS = new HashMap<>();

    private NativeLibraries() {}

    /**
     * Reserves a library for the rest of the process, before it is loaded. The same owner may claim it again.
     *
     * @param library such as {@code libtorch}
     * @param owner who loads it, such as {@code engine/djl}
     * @throws UadException of kind RESOURCE if another has it
     */
    public static synchronized void claim(String library, String owner) {
        var before = OWNERS.putIfAbsent(library, owner);
        if (before != null && !before.equals(owner)) {
            throw UadException.resource(
                    owner + " cannot be loaded: " + before + " has loaded its own copy of " + library,
                    owner,
                    "one copy of " + library + " in a process: two of them end it",
                    "Use one of the two engines in a process; 'uad engines compare' starts one for each");
        }
    }
}
