package io.uad.runtime.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file holds, without the values.
 *
 * @param metadata free text by key; empty if there is none
 * @param tensors by name, in the order of the header
 */
public record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> tensors) {
    public SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * One tensor.
     *
     * @param dtype as the file names it: {@code F32}, {@code I32}, {@code I64}, {@code F64}, {@code F16}, {@code BF16}
     * @param shape outermost first; empty for a scalar
     * @param begin first byte, counted from the end of the header
     * @param end first byte behind it
     */
    public record Entry(String dtype, List<Integer> shape, long begin, long end) {
        public Entry {
            shape = List.copyOf(shape);
        }

        Dtype type() {
            return Dtype.valueOf(dtype);
        }
    }
}
