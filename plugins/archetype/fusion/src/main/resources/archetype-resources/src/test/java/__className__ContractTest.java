package ${package};

import io.uad.api.fusion.FusionProvider;
import io.uad.testkit.contract.FusionContract;

class ${className}ContractTest extends FusionContract {
    @Override
    protected FusionProvider provider() {
        return new ${className}Provider();
    }
}
