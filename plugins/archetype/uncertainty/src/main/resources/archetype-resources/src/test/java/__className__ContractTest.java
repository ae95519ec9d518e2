package ${package};

import io.uad.api.uncertainty.UncertaintyProvider;
import io.uad.testkit.contract.UncertaintyContract;

class ${className}ContractTest extends UncertaintyContract {
    @Override
    protected UncertaintyProvider provider() {
        return new ${className}Provider();
    }
}
