package ${package};

import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DeviceChoice;
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
     * @throws UadException of kind CONFIG if that names no device, RESOURCE if it is not there
     */
    static ${className}Engine open(${className}Options options) {
        DeviceChoice.of(options.device()).require(0, "plain Java has the CPU only");
        var threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
        return new ${className}Engine(
                EngineCapabilities.ofCpu("plain Java " + Runtime.version().feature(), threads));
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
