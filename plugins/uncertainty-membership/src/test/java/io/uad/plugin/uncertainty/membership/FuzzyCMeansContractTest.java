package io.uad.plugin.uncertainty.membership;

import io.uad.api.uncertainty.UncertaintyProvider;
import io.uad.testkit.contract.UncertaintyContract;

class FuzzyCMeansContractTest extends UncertaintyContract {
    @Override
    protected UncertaintyProvider provider() {
        return new FuzzyCMeansProvider();
    }
}
