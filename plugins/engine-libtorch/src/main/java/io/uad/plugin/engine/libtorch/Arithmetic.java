package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.Precision;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How a network is computed: the numbers that products take, and the order of the axes in memory.
 *
 * @param precision of products and convolutions, bfloat16 by PyTorch's autocast; weights and sums are float32 in all
 * @param channelsLast whether maps lie pixel by pixel
 * @param device where
 */
record Arithmetic(Precision precision, boolean channelsLast, DeviceType device) {
    /** The way that another process has said in {@link #bytes}. */
    static Arithmetic of(byte[] bytes, DeviceType device) {
        var words = new String(bytes, StandardCharsets.US_ASCII).split(" ");
        return new Arithmetic(Precision.valueOf(words[0]), Boolean.parseBoolean(words[1]), device);
    }

    /** For other processes. */
    byte[] bytes() {
        return (precision.name() + " " + channelsLast).getBytes(StandardCharsets.US_ASCII);
    }

    /** Runs work whose products are of this precision; those of the backward pass are then, too. */
    <T> T run(Supplier<T> work) {
        if (device == DeviceType.CUDA) {
            Library.allowTf32(precision == Precision.TF32);
        }
        if (precision != Precision.BFLOAT16) {
            return work.get();
        }
        torch.set_autocast_enabled(device, true);
        torch.set_autocast_dtype(device, ScalarType.BFloat16);
        torch.set_autocast_cache_enabled(false); // it would keep the weights of a step for the next one
        try {
            return work.get();
        } finally {
            torch.set_autocast_enabled(device, false);
            torch.set_autocast_cache_enabled(true);
        }
    }

    /** The same values in this order of axes. */
    Tensor ordered(Tensor values) {
        return values.contiguous(
                channelsLast && values.dim() == 4 ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);
    }

    /** For people. */
    @Override
    public String toString() {
        return precision + (channelsLast ? ", channels last" : ", channel by channel");
    }
}
