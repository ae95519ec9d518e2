package io.uad.plugin.backbone.resnet;

import io.uad.api.backbone.BackboneProvider;
import io.uad.testkit.contract.BackboneContract;

class ResNetContractTest extends BackboneContract {
    @Override
    protected BackboneProvider provider() {
        return new ResNetProvider();
    }
}
