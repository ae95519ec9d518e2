/** PCA with whitening and L2 normalisation, exact or randomised. */
module io.uad.plugin.reduction.pca {
    requires io.uad.api;
    requires java.logging;
    requires dev.ludovic.netlib.lapack;
    requires arpack.combined.all; // the types in the signatures of netlib
    requires static org.jspecify;

    exports io.uad.plugin.reduction.pca;

    provides io.uad.api.reduction.ReductionProvider with
            io.uad.plugin.reduction.pca.PcaProvider;
}
