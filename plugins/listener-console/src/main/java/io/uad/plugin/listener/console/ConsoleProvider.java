package io.uad.plugin.listener.console;

import io.uad.api.Options;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunListener;

/** Registers {@code console}. */
public final class ConsoleProvider implements ListenerProvider {
    @Override
    public String name() {
        return "console";
    }

    @Override
    public String description() {
        return "progress on standard error: a bar on a terminal, plain lines elsewhere";
    }

    @Override
    public Class<ConsoleOptions> optionsType() {
        return ConsoleOptions.class;
    }

    @Override
    public RunListener create(Options options) {
        var display = Terminal.isPresent()
                ? new BarDisplay(System.err)
                : new LineDisplay(System.err, options.as(ConsoleOptions.class).everySeconds(), System::nanoTime);
        return new ConsoleListener(display);
    }
}
