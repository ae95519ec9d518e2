/** Writes a run's figures as lines of JSON. */
module io.uad.plugin.listener.jsonl {
    requires com.fasterxml.jackson.core;
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.listener.jsonl;

    provides io.uad.api.listener.ListenerProvider with
            io.uad.plugin.listener.jsonl.JsonlProvider;
}
