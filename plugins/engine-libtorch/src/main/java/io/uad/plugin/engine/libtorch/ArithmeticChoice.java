package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.Precision;

/**
 * How networks are computed, and whether that was measured.
 *
 * @param isMeasured whether another opening may choose otherwise
 */
record ArithmeticChoice(Arithmetic arithmetic, boolean isMeasured) {
    static ArithmeticChoice of(LibtorchOptions options, LibtorchDevice device) {
        var precision = options.precision() == LibtorchOptions.PrecisionChoice.BFLOAT16
                ? Precision.BFLOAT16
                : Precision.FLOAT32;
        return new ArithmeticChoice(
                new Arithmetic(precision, options.memoryFormat() != LibtorchOptions.FormatChoice.NCHW, device.type()),
                false);
    }
}
