package io.uad.runtime.plugin;

import io.uad.api.ComponentProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/** The providers that a class loader sees: those on the class path and, in modules, those of its layer. */
final class ServiceLoaderSource implements PluginSource {
    /** A loader that cannot even list its resources fails again on every attempt. */
    private static final int MOST_FAILURES_PER_STAGE = 100;

    private final ClassLoader loader;
    private final Predicate<Class<?>> wanted;

    /** @param wanted tells which provider classes belong to this place, by their class */
    ServiceLoaderSource(ClassLoader loader, Predicate<Class<?>> wanted) {
        this.loader = loader;
        this.wanted = wanted;
    }

    @Override
    public Contents contents() {
        var components = new ArrayList<RegisteredComponent>();
        var failures = new ArrayList<LoadFailure>();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // by which providers find what their plugin brings
        try {
            for (var stage : Stage.values()) {
                collect(stage, components, failures);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
        return new Contents(components, failures, List.of());
    }

    private void collect(Stage stage, List<RegisteredComponent> components, List<LoadFailure> failures) {
        var found = ServiceLoader.load(stage.providerType(), loader).stream().iterator();
        var failuresHere = 0;
        while (failuresHere < MOST_FAILURES_PER_STAGE) {
            var provider = "a " + stage.key() + " provider";
            try {
                if (!found.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<? extends ComponentProvider<?>> next = found.next();
                provider = next.type().getName();
                if (wanted.test(next.type())) {
                    components.add(RegisteredComponent.of(stage, next.get()));
                }
            } catch (Throwable e) {
                var root = root(e);
                if (root instanceof OutOfMemoryError exhausted) {
                    throw exhausted; // says more by itself
                }
                failuresHere++;
                failures.add(new LoadFailure(stage, provider + " could not be loaded: " + reason(root)));
            }
        }
    }

    /** A ServiceConfigurationError only says which provider failed; its cause says why. */
    private static Throwable root(Throwable failure) {
        var root = failure;
        for (var depth = 0; root.getCause() != null && depth < PluginContract.DEEPEST_CAUSE; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static String reason(Throwable root) {
        if (root instanceof ServiceConfigurationError) {
            return String.valueOf(root.getMessage());
        }
        var message = root.getMessage();
        return root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
