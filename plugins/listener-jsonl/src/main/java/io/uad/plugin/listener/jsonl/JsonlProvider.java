package io.uad.plugin.listener.jsonl;

import io.uad.api.Options;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunListener;

/** Registers {@code jsonl}. */
public final class JsonlProvider implements ListenerProvider {
    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public String description() {
        return "metrics.jsonl and timings.jsonl in the run's folder, one JSON object per line";
    }

    @Override
    public Class<JsonlOptions> optionsType() {
        return JsonlOptions.class;
    }

    @Override
    public RunListener create(Options options) {
        return new JsonlListener(options.as(JsonlOptions.class));
    }
}
