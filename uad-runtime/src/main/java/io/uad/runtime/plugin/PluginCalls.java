package io.uad.runtime.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Which components this process is waiting for, whatever runs in it: whoever wants to end it can say what keeps it. */
public final class PluginCalls {
    private static final ConcurrentMap<Thread, Call> INNERMOST = new ConcurrentHashMap<>();

    private PluginCalls() {}

    private record Call(
            RegisteredComponent component, @Nullable Call outer) {}

    /** Work that may fail by an exception of its own. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run() throws X;
    }

    /** The components that are being called, of calls within calls the inner ones; by stage and name. */
    public static List<RegisteredComponent> underWay() {
        return INNERMOST.values().stream()
                .map(Call::component)
                .distinct()
                .sorted(Comparator.comparing(RegisteredComponent::stage).thenComparing(RegisteredComponent::name))
                .toList();
    }

    /** Calls a component, which finds by the thread's context class loader what its own plugin brings. */
    public static <T, X extends Exception> T during(RegisteredComponent component, Work<T, X> work) throws X {
        var thread = Thread.currentThread();
        var outer = INNERMOST.get(thread);
        var loader = thread.getContextClassLoader();
        INNERMOST.put(thread, new Call(component, outer));
        thread.setContextClassLoader(component.provider().getClass().getClassLoader());
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(loader);
            if (outer == null) {
                INNERMOST.remove(thread);
            } else {
                INNERMOST.put(thread, outer);
            }
        }
    }
}
