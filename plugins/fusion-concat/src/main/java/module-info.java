/** Concatenates low-level and high-level features, or takes the high-level ones only. */
module io.uad.plugin.fusion.concat {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.fusion.concat;

    provides io.uad.api.fusion.FusionProvider with
            io.uad.plugin.fusion.concat.ConcatProvider,
            io.uad.plugin.fusion.concat.HighOnlyProvider;
}
