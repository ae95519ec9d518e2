package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.concurrent.CancellationException;

/**
 * A cancellation that came out of a plugin. Whether somebody asked for it, the plugin's guard does not know: who does takes
 * it for the end of the work, or throws {@link #unasked()}.
 */
public final class PluginCancelled extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final UadException unasked;

    private PluginCancelled(UadException unasked, CancellationException cause) {
        super(cause.getMessage());
        this.unasked = unasked;
        initCause(cause);
    }

    /** The same if it came out of another plugin that this one called. */
    static PluginCancelled of(RegisteredComponent component, CancellationException cancelled) {
        if (cancelled instanceof PluginCancelled inner) {
            return inner;
        }
        return new PluginCancelled(
                new UadException(
                        ErrorKind.PLUGIN,
                        "the plugin cancelled its work although nobody asked to stop: " + cancelled,
                        component.id(),
                        "",
                        "Report this to the author of the plugin " + component.origin() + " (version "
                                + component.version() + "), or choose another plugin",
                        cancelled),
                cancelled);
    }

    /** What it is where nobody asked: an error of the plugin, with its name and file. */
    public UadException unasked() {
        return unasked;
    }
}
