/** Reads feature vectors from NumPy files. */
module io.uad.plugin.dataset.features {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.dataset.features;

    provides io.uad.api.dataset.DatasetProvider with
            io.uad.plugin.dataset.features.FeaturesProvider;
}
