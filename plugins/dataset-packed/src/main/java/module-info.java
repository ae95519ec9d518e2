/** Reads and writes images packed into one file. */
module io.uad.plugin.dataset.packed {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.dataset.packed;

    provides io.uad.api.dataset.DatasetProvider with
            io.uad.plugin.dataset.packed.PackedProvider;
}
