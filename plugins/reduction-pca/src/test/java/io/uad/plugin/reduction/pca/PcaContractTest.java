package io.uad.plugin.reduction.pca;

import io.uad.api.reduction.ReductionProvider;
import io.uad.testkit.contract.ReductionContract;

class PcaContractTest extends ReductionContract {
    @Override
    protected ReductionProvider provider() {
        return new PcaProvider();
    }
}
