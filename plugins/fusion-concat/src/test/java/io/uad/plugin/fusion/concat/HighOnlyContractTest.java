package io.uad.plugin.fusion.concat;

import io.uad.api.fusion.FusionProvider;
import io.uad.testkit.contract.FusionContract;

class HighOnlyContractTest extends FusionContract {
    @Override
    protected FusionProvider provider() {
        return new HighOnlyProvider();
    }
}
