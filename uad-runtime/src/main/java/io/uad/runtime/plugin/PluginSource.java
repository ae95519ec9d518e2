package io.uad.runtime.plugin;

import java.util.List;

/** A place where plugins lie, such as the class path or a folder. */
@FunctionalInterface
public interface PluginSource {
    /** Loads every provider of this place; one that fails is reported and does not keep the others from loading. */
    Contents contents();

    /**
     * What a place holds.
     *
     * @param components in any order
     * @param failures the providers and plugins that could not be loaded
     * @param warnings sentences without a full stop about plugins that work all the same
     */
    record Contents(List<RegisteredComponent> components, List<LoadFailure> failures, List<String> warnings) {
        public Contents {
            components = List.copyOf(components);
            failures = List.copyOf(failures);
            warnings = List.copyOf(warnings);
        }
    }
}
