package io.uad.plugin.backbone.vgg16;

import io.uad.api.backbone.BackboneProvider;
import io.uad.testkit.contract.BackboneContract;

class Vgg16ContractTest extends BackboneContract {
    @Override
    protected BackboneProvider provider() {
        return new Vgg16Provider();
    }
}
