package io.uad.plugin.clustering.kmeans;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringProvider;
import io.uad.testkit.contract.ClusteringContract;
import java.util.OptionalInt;

class KMeansContractTest extends ClusteringContract {
    @Override
    protected ClusteringProvider provider() {
        return new KMeansProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new KMeansOptions(OptionalInt.of(7), 10));
    }
}
