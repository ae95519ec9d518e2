/** Joins low-level and high-level features: side by side, as a sum or a product; or takes the high-level ones only. */
module io.uad.plugin.fusion.concat {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.fusion.concat;

    provides io.uad.api.fusion.FusionProvider with
            io.uad.plugin.fusion.concat.ConcatProvider,
            io.uad.plugin.fusion.concat.BalancedConcatProvider,
            io.uad.plugin.fusion.concat.HighOnlyProvider,
            io.uad.plugin.fusion.concat.SumProvider,
            io.uad.plugin.fusion.concat.ProductProvider,
            io.uad.plugin.fusion.concat.MatrixProvider,
            io.uad.plugin.fusion.concat.NoiseProvider;
}
