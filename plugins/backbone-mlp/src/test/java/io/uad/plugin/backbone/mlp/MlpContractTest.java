package io.uad.plugin.backbone.mlp;

import io.uad.api.backbone.BackboneProvider;
import io.uad.testkit.contract.BackboneContract;

class MlpContractTest extends BackboneContract {
    @Override
    protected BackboneProvider provider() {
        return new MlpProvider();
    }
}
