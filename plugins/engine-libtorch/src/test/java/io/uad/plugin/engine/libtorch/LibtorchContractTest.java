package io.uad.plugin.engine.libtorch;

import io.uad.api.Options;
import io.uad.api.engine.EngineProvider;
import io.uad.testkit.contract.EngineContract;
import java.util.OptionalInt;

class LibtorchContractTest extends EngineContract {
    @Override
    protected EngineProvider provider() {
        return new LibtorchProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new LibtorchOptions("cpu", OptionalInt.empty()));
    }
}
