package ${package};

import io.uad.api.listener.ListenerProvider;
import io.uad.testkit.contract.ListenerContract;

class ${className}ContractTest extends ListenerContract {
    @Override
    protected ListenerProvider provider() {
        return new ${className}Provider();
    }
}
