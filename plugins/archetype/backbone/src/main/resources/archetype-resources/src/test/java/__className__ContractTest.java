package ${package};

import io.uad.api.backbone.BackboneProvider;
import io.uad.testkit.contract.BackboneContract;

class ${className}ContractTest extends BackboneContract {
    @Override
    protected BackboneProvider provider() {
        return new ${className}Provider();
    }
}
