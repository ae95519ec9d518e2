package io.uad.plugin.engine.libtorch;

import io.uad.api.Options;
import io.uad.api.engine.EngineProvider;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.ViewsChoice;
import io.uad.testkit.contract.EngineContract;
import java.util.OptionalInt;

/** With the views taken as a GPU takes them. */
class DeviceViewsContractTest extends EngineContract {
    @Override
    protected EngineProvider provider() {
        return new LibtorchProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new LibtorchOptions(
                "cpu", OptionalInt.empty(), PrecisionChoice.FLOAT32, FormatChoice.CHANNELS_LAST, ViewsChoice.DEVICE));
    }
}
