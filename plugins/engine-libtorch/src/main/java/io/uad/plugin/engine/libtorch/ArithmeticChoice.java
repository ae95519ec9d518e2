package io.uad.plugin.engine.libtorch;

import io.uad.api.UadException;
import io.uad.api.engine.Precision;
import io.uad.plugin.engine.common.Processor;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How networks are computed, and why.
 *
 * @param reason what was measured, for people; empty if nothing was: what is measured may come out otherwise the next time
 */
record ArithmeticChoice(Arithmetic arithmetic, String reason) {
    /** One way, and how long a step of a trial takes by it. */
    private record Timed(Arithmetic arithmetic, double milliseconds) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.0f ms", arithmetic, milliseconds);
        }
    }

    /**
     * What the options ask for, or what is fastest of what they leave open.
     *
     * @throws UadException of kind RESOURCE if the device lacks the precision that was asked for by name
     */
    static ArithmeticChoice of(LibtorchOptions options, LibtorchDevice device) {
        var ways = ways(options, device);
        if (ways.size() == 1) {
            return new ArithmeticChoice(ways.get(0), "");
        }
        var timed = ways.stream()
                .map(way -> new Timed(way, new SpeedTrial(device, way).milliseconds()))
                .sorted(Comparator.comparingDouble(Timed::milliseconds))
                .toList();
        var others = timed.stream().skip(1).map(Timed::toString).collect(Collectors.joining(", "));
        return new ArithmeticChoice(timed.get(0).arithmetic, "a trial took " + timed.get(0) + "; " + others);
    }

    private static List<Arithmetic> ways(LibtorchOptions options, LibtorchDevice device) {
        if (options.precision() != PrecisionChoice.AUTO) {
            require(Precision.valueOf(options.precision().name()), device);
        }
        var ways = new ArrayList<Arithmetic>();
        for (var precision : Precision.values()) {
            var wanted = options.precision() == PrecisionChoice.AUTO
                    ? isFast(precision, device)
                    : options.precision().name().equals(precision.name());
            for (var format : List.of(FormatChoice.CHANNELS_LAST, FormatChoice.NCHW)) {
                if (wanted && (options.memoryFormat() == FormatChoice.AUTO || options.memoryFormat() == format)) {
                    ways.add(new Arithmetic(precision, format == FormatChoice.CHANNELS_LAST, device.type()));
                }
            }
        }
        return ways;
    }

    private static boolean isFast(Precision precision, LibtorchDevice device) {
        return switch (precision) {
            case FLOAT32 -> true;
            case TF32 -> device.isGpu();
            case BFLOAT16 -> device.isGpu() || Library.multipliesBfloat16(Processor.description());
        };
    }

    /**
     * Makes sure that products of a precision are not slower than those of float32.
     *
     * @throws UadException of kind RESOURCE if they are
     */
    static void require(Precision precision, LibtorchDevice device) {
        if (!isFast(precision, device) && precision == Precision.TF32) {
            throw UadException.resource(
                    "the CPU has no products of tf32",
                    "engine.precision",
                    "a GPU with CUDA, or another precision",
                    "Use engine.precision: float32, or auto");
        }
        if (!isFast(precision, device)) {
            throw UadException.resource(
                    "this processor has no products of bfloat16",
                    "engine.precision",
                    "a processor with AVX512_BF16 or AMX_BF16, on which they are faster than float32",
                    "Use engine.precision: float32, or auto");
        }
    }
}
