package io.uad.runtime.image;

import io.uad.api.image.Image;
import io.uad.api.image.View;
import java.util.List;

/** What a worker makes of one sample. */
sealed interface Row {
    /**
     * @param images equally many for each sample
     * @param views one per image, yet to be taken
     */
    record Views(List<Image> images, List<View> views) implements Row {}

    /** @param values as many for each sample */
    record Vector(float[] values) implements Row {}

    record Bad(BadImage image) implements Row {}
}
