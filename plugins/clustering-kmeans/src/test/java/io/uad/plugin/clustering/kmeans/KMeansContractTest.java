package io.uad.plugin.clustering.kmeans;

import io.uad.api.clustering.ClusteringProvider;
import io.uad.testkit.contract.ClusteringContract;

class KMeansContractTest extends ClusteringContract {
    @Override
    protected ClusteringProvider provider() {
        return new KMeansProvider();
    }
}
