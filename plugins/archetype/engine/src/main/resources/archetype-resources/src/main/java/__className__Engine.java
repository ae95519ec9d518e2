package ${package};

import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.TrainingSession;

/** The engine: its threads, and what it says about itself. */
final class ${className}Engine implements Engine {
    private final EngineCapabilities capabilities;
    private final Workers workers;
    private final LinearAlgebra algebra = new JavaLinearAlgebra();

    private ${className}Engine(EngineCapabilities capabilities) {
        this.capabilities = capabilities;
        this.workers = new Workers(capabilities.threads());
    }

    /**
     * Opens the device. A library that is missing or broken should fail here, before any image is read.
     *
     * @throws UadException of kind CONFIG if there is no device of that name
     */
    static ${className}Engine open(${className}Options options) {
        var isAuto = options.device().equals("auto");
        if (!isAuto && !options.device().equals("cpu")) {
            throw UadException.config(
                    "'" + options.device() + "' names no device",
                    "engine.device",
                    "auto or cpu",
                    "Correct engine.device");
        }
        return new ${className}Engine(new EngineCapabilities(
                "plain Java " + Runtime.version().feature(),
                "cpu",
                isAuto ? "plain Java has no other device" : "",
                options.threads().orElse(Runtime.getRuntime().availableProcessors())));
    }

    @Override
    public EngineCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return new ${className}Session(network, new ${className}State(network, state), workers);
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return algebra;
    }

    @Override
    public void close() {
        workers.close();
    }
}
