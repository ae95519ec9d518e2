package io.uad.plugin.clustering.smile;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code dbscan}. */
public final class DbscanProvider implements ClusteringProvider {
    @Override
    public String name() {
        return "dbscan";
    }

    @Override
    public String description() {
        return "dense regions of any form; what lies in none is noise (Ester, Kriegel, Sander, Xu, KDD 1996)";
    }

    @Override
    public Class<DbscanOptions> optionsType() {
        return DbscanOptions.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return new Dbscan(options.as(DbscanOptions.class));
    }
}
