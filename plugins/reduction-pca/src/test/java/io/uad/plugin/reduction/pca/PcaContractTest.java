package io.uad.plugin.reduction.pca;

import io.uad.api.Options;
import io.uad.api.reduction.ReductionProvider;
import io.uad.testkit.contract.ReductionContract;
import java.util.OptionalInt;

class PcaContractTest extends ReductionContract {
    @Override
    protected ReductionProvider provider() {
        return new PcaProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new PcaOptions(OptionalInt.of(4), 1000));
    }
}
