package io.uad.plugin.clustering.pic;

import io.uad.api.clustering.ClusteringProvider;
import io.uad.testkit.contract.ClusteringContract;

class PicContractTest extends ClusteringContract {
    @Override
    protected ClusteringProvider provider() {
        return new PicProvider();
    }
}
