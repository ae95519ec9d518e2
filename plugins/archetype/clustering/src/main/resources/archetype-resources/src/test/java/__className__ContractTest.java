package ${package};

import io.uad.api.clustering.ClusteringProvider;
import io.uad.testkit.contract.ClusteringContract;

class ${className}ContractTest extends ClusteringContract {
    @Override
    protected ClusteringProvider provider() {
        return new ${className}Provider();
    }
}
