package io.uad.runtime.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A place where plugins lie, such as the class path or a folder. */
@FunctionalInterface
public interface PluginSource {
    /** Loads every provider of this place; one that fails is reported and does not keep the others from loading. */
    Contents contents();

    /**
     * What a place holds. Whoever has only looked at it closes it, since a jar that is open cannot be replaced on every
     * system; components that are in use must stay open.
     *
     * @param components in any order
     * @param failures the providers and plugins that could not be loaded
     * @param warnings sentences without a full stop about plugins that work all the same
     * @param loaders the class loaders that were opened for it
     */
    record Contents(
            List<RegisteredComponent> components,
            List<LoadFailure> failures,
            List<String> warnings,
            List<Closeable> loaders)
            implements Closeable {
        public Contents {
            components = List.copyOf(components);
            failures = List.copyOf(failures);
            warnings = List.copyOf(warnings);
            loaders = List.copyOf(loaders);
        }

        /** Of a place that opened nothing. */
        public Contents(List<RegisteredComponent> components, List<LoadFailure> failures, List<String> warnings) {
            this(components, failures, warnings, List.of());
        }

        /** What is wrong with a place that holds nothing else. */
        static Contents failed(String reason) {
            return new Contents(List.of(), List.of(LoadFailure.ofAnyStage(reason)), List.of());
        }

        @Override
        public void close() {
            IOException failure = null;
            for (var loader : loaders) {
                try {
                    loader.close();
                } catch (IOException e) { // the others are closed all the same
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            if (failure != null) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
