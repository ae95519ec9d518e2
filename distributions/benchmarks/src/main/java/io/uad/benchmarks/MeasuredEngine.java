package io.uad.benchmarks;

import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.plugin.engine.djl.DjlOptions;
import io.uad.plugin.engine.djl.DjlProvider;
import io.uad.plugin.engine.libtorch.LibtorchOptions;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import io.uad.plugin.engine.libtorch.LibtorchProvider;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The engines on the class path, of which a process opens one only, on the CPU. */
enum MeasuredEngine {
    DJL {
        @Override
        Engine open(int threads) {
            return new DjlProvider().create(Options.of(new DjlOptions("cpu", OptionalInt.of(threads))));
        }
    },
    LIBTORCH {
        @Override
        Engine open(int threads) {
            return libtorch(threads, PrecisionChoice.FLOAT32);
        }
    },
    LIBTORCH_BFLOAT16 {
        @Override
        Engine open(int threads) {
            return libtorch(threads, PrecisionChoice.BFLOAT16);
        }

        @Override
        List<String> settings() {
            return List.of("engine.plugin=libtorch", "engine.precision=bfloat16");
        }
    };

    abstract Engine open(int threads);

    /** As a run's configuration says it. */
    List<String> settings() {
        return List.of("engine.plugin=" + this);
    }

    private static Engine libtorch(int threads, PrecisionChoice precision) {
        var options = new LibtorchOptions("cpu", OptionalInt.of(threads), precision, FormatChoice.CHANNELS_LAST);
        return new LibtorchProvider().create(Options.of(options));
    }

    /** As {@code --engine} names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
