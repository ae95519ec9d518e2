package ${package};

import io.uad.api.reduction.ReductionProvider;
import io.uad.testkit.contract.ReductionContract;

class ${className}ContractTest extends ReductionContract {
    @Override
    protected ReductionProvider provider() {
        return new ${className}Provider();
    }
}
