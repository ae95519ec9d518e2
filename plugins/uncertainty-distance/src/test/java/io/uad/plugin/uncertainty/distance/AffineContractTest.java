package io.uad.plugin.uncertainty.distance;

import io.uad.api.uncertainty.UncertaintyProvider;
import io.uad.testkit.contract.UncertaintyContract;

class AffineContractTest extends UncertaintyContract {
    @Override
    protected UncertaintyProvider provider() {
        return new AffineProvider();
    }
}
