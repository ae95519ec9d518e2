/** Tells a person how a run is going. */
module io.uad.plugin.listener.console {
    requires io.uad.api;
    requires me.tongfei.progressbar;
    requires static org.jspecify;

    exports io.uad.plugin.listener.console;

    provides io.uad.api.listener.ListenerProvider with
            io.uad.plugin.listener.console.ConsoleProvider;
}
