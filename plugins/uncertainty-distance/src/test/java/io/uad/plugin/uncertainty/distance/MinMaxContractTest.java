package io.uad.plugin.uncertainty.distance;

import io.uad.api.uncertainty.UncertaintyProvider;
import io.uad.testkit.contract.UncertaintyContract;

class MinMaxContractTest extends UncertaintyContract {
    @Override
    protected UncertaintyProvider provider() {
        return new MinMaxProvider();
    }
}
