package io.uad.plugin.engine.dl4j;

import io.uad.api.Options;
import io.uad.api.engine.EngineProvider;
import io.uad.testkit.contract.EngineContract;
import java.util.OptionalInt;

class Dl4jContractTest extends EngineContract {
    @Override
    protected EngineProvider provider() {
        return new Dl4jProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new Dl4jOptions("cpu", OptionalInt.empty()));
    }
}
