package io.uad.plugin.uncertainty.membership;

import io.uad.api.uncertainty.UncertaintyProvider;
import io.uad.testkit.contract.UncertaintyContract;

class EntropyContractTest extends UncertaintyContract {
    @Override
    protected UncertaintyProvider provider() {
        return new EntropyProvider();
    }
}
