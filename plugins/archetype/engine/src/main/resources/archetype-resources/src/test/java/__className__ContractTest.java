package ${package};

import io.uad.api.engine.EngineProvider;
import io.uad.testkit.contract.EngineContract;

class ${className}ContractTest extends EngineContract {
    @Override
    protected EngineProvider provider() {
        return new ${className}Provider();
    }
}
