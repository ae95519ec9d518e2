package io.uad.runtime.image;

import io.uad.api.image.Image;
import java.util.List;

/** What a worker makes of one sample. */
sealed interface Row {
    /** @param images square, equally many for each sample */
    record Views(List<Image> images) implements Row {}

    /** @param values as many for each sample */
    record Vector(float[] values) implements Row {}

    record Bad(BadImage image) implements Row {}
}
