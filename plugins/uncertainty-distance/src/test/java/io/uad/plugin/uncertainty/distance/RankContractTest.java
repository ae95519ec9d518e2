package io.uad.plugin.uncertainty.distance;

import io.uad.api.uncertainty.UncertaintyProvider;
import io.uad.testkit.contract.UncertaintyContract;

class RankContractTest extends UncertaintyContract {
    @Override
    protected UncertaintyProvider provider() {
        return new RankProvider();
    }
}
