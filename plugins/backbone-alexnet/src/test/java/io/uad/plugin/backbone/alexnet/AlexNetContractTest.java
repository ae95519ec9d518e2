package io.uad.plugin.backbone.alexnet;

import io.uad.api.backbone.BackboneProvider;
import io.uad.testkit.contract.BackboneContract;

class AlexNetContractTest extends BackboneContract {
    @Override
    protected BackboneProvider provider() {
        return new AlexNetProvider();
    }
}
