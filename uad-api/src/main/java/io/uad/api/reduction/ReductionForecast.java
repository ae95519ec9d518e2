package io.uad.api.reduction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a fit will take and leave, known before it begins: for plans. Too little is better than too much, since a run that
 * cannot get so much memory is refused.
 *
 * @param columns of the projected rows at most, d, 1 or more
 * @param state the shape of each float32 tensor of {@link Projection#state()}, in its order
 * @param operations multiplications and additions, those outside of the engine counted as many times as they are slower
 *     there; 0 or more, a rough number
 * @param heapBytes Java's memory at least, without the sample and the projected rows
 * @param deviceBytes the engine's memory at least, such as that of a copy of the sample
 * @since 0.1
 */
public record ReductionForecast(
        int columns, Map<String, List<Integer>> state, double operations, long heapBytes, long deviceBytes) {
    public ReductionForecast {
        if (columns < 1 || !(operations >= 0) || heapBytes < 0 || deviceBytes < 0) {
            throw new IllegalArgumentException("columns must be 1 or more and the rest 0 or more, were " + columns
                    + ", " + operations + ", " + heapBytes + " and " + deviceBytes);
        }
        state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }
}
