package io.uad.runtime.listener;

import io.uad.api.UadException;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import io.uad.runtime.config.RunConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Passes each event to all listeners; one that throws is reported to the others once and left out from then on. */
public final class Listeners implements RunListener {
    private final Map<String, RunListener> listeners;

    /** @param listeners by name, in order */
    public Listeners(Map<String, RunListener> listeners) {
        this.listeners = new LinkedHashMap<>(listeners);
    }

    /**
     * Those that a configuration names.
     *
     * @throws io.uad.api.UadException if one cannot be made; those made before are closed again
     */
    public static Listeners of(RunConfig config) {
        return of(config, List.of());
    }

    /**
     * The same with those of the program that embeds the run, which hear each event first.
     *
     * @throws io.uad.api.UadException if one cannot be made; all others are closed again
     */
    public static Listeners of(RunConfig config, List<RunListener> embedding) {
        var made = numbered(embedding);
        var done = false;
        try {
            for (var listener : config.listeners()) {
                made.put(listener.name(), listener.create(RunListener.class));
            }
            done = true;
            return new Listeners(made);
        } finally {
            if (!done) {
                new Listeners(made).close();
            }
        }
    }

    /** Those of a program alone. */
    public static Listeners of(List<RunListener> embedding) {
        return new Listeners(numbered(embedding));
    }

    private static Map<String, RunListener> numbered(List<RunListener> embedding) {
        var numbered = new LinkedHashMap<String, RunListener>();
        embedding.forEach(listener -> numbered.put("number " + (numbered.size() + 1) + " of this program", listener));
        return numbered;
    }

    @Override
    public void on(RunEvent event) {
        for (var name : new ArrayList<>(listeners.keySet())) {
            var listener = listeners.get(name);
            if (listener != null) {
                guarded(name, () -> listener.on(event));
            }
        }
    }

    @Override
    public void close() {
        for (var name : new ArrayList<>(listeners.keySet())) {
            var listener = listeners.get(name);
            if (listener != null) {
                guarded(name, listener::close);
            }
        }
        listeners.clear();
    }

    /** Sends a sentence that the user should read. */
    public void notice(String sentence) {
        on(new RunEvent.Notice(sentence));
    }

    private void guarded(String name, Runnable call) {
        try {
            call.run();
        } catch (OutOfMemoryError e) {
            throw e; // says more by itself
        } catch (Throwable e) { // checked ones too, which not every compiler asks about
            var failed = listeners.remove(name);
            if (failed != null) {
                guarded(name, failed::close); // it may hold files; a second failure changes nothing
            }
            notice("listener " + name + " failed and is left out from here on: "
                    + (e instanceof UadException ? e.getMessage() : e));
        }
    }
}
