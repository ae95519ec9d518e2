package io.uad.api.engine;

import io.uad.api.ComponentProvider;
import io.uad.api.UadException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Registers an engine. Natives are loaded by {@link #create}, never by the constructor. Options should have the keys
 * {@code device} (see {@link DeviceChoice}), {@code threads} and {@code precision} (see {@link Precision}).
 *
 * @since 0.1
 */
public interface EngineProvider extends ComponentProvider<Engine> {
    /**
     * Puts another set of native libraries, such as one for GPUs, where {@link #create} of a later process finds it, or
     * removes it again. What is interrupted or fails leaves things as they were. Loads no native library into this process.
     *
     * @return the folder that is used from now on; empty for the natives that the engine comes with
     * @throws UadException of kind CONFIG if there is no such flavor, or the engine has one set only, as by default; of kind
     *     RESOURCE if the natives do not fit this machine, cannot be had, or cannot be written
     * @throws java.util.concurrent.CancellationException as the request's progress throws it
     */
    default Optional<Path> installNatives(NativesRequest request) {
        throw UadException.config(
                "the engine " + name() + " comes with one set of natives",
                "engine/" + name(),
                "an engine that can be given others, such as djl",
                "Use it as it is");
    }
}
