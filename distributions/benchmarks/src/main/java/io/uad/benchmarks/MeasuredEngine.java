package io.uad.benchmarks;

import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.plugin.engine.djl.DjlOptions;
import io.uad.plugin.engine.djl.DjlProvider;
import io.uad.plugin.engine.libtorch.LibtorchOptions;
import io.uad.plugin.engine.libtorch.LibtorchProvider;
import java.util.Locale;
import java.util.OptionalInt;

/** The engines on the class path, of which a process opens one only. */
enum MeasuredEngine {
    DJL,
    LIBTORCH;

    /** On the CPU. */
    Engine open(int threads) {
        return this == DJL
                ? new DjlProvider().create(Options.of(new DjlOptions("cpu", OptionalInt.of(threads))))
                : new LibtorchProvider().create(Options.of(new LibtorchOptions("cpu", OptionalInt.of(threads))));
    }

    /** As a run's configuration names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
