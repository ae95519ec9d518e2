package io.uad.runtime.plugin;

import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunListener;

/** Listeners that fail in the ways in which a stranger's plugin may. */
public final class BrokenProviders {
    private BrokenProviders() {}

    /** Fails as soon as it is made. */
    public static final class InConstructor extends Working {
        public InConstructor() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Needs a class that is not there. */
    public static final class WithoutItsLibrary extends Working {
        public WithoutItsLibrary() {
            throw new NoClassDefFoundError("org/example/Missing");
        }
    }

    /** Cannot say its name. */
    public static final class InName extends Working {
        @Override
        public String name() {
            throw new UnsupportedOperationException("no name yet");
        }
    }

    /** Has a name that no one could type into a file. */
    public static final class WithBadName extends Working {
        @Override
        public String name() {
            return "My Listener";
        }
    }

    /** Is listed well, and then fails by whatever it was given. */
    public static final class InCreate extends Working {
        private final Throwable failure;

        public InCreate(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public RunListener create(Options options) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw failure instanceof UadException known ? known : (RuntimeException) failure;
        }
    }

    /** What the others have in common. */
    public static class Working implements ListenerProvider {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String description() {
            return "fails";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public RunListener create(Options options) {
            return event -> {};
        }
    }
}
