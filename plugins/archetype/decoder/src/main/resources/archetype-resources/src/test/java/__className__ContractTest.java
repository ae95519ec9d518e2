package ${package};

import io.uad.api.image.DecoderProvider;
import io.uad.testkit.contract.DecoderContract;

class ${className}ContractTest extends DecoderContract {
    @Override
    protected DecoderProvider provider() {
        return new ${className}Provider();
    }
}
