package io.uad.runtime.image;

import io.uad.api.Seed;
import io.uad.api.image.View;
import java.util.List;

/** Decides which views of an image are loaded; a pure function, called by several threads at once. */
@FunctionalInterface
public interface ViewChooser {
    /**
     * The views of one image, equally many for each.
     *
     * @param position the image's place in the order that is loaded, from 0
     * @param width of the whole image in pixels
     * @param height of the whole image in pixels
     */
    List<View> choose(long position, int width, int height);

    /** {@link Views#evaluation}. */
    static ViewChooser evaluation(int side) {
        return (position, width, height) -> List.of(Views.evaluation(width, height, side));
    }

    /**
     * {@link Views#randomResizedCrop}, another one at each position.
     *
     * @param seed derived from the run's seed and the epoch
     */
    static ViewChooser randomResizedCrop(int side, Seed seed) {
        return (position, width, height) ->
                List.of(Views.randomResizedCrop(width, height, side, seed.derive(position)));
    }

    /**
     * {@link Views#randomCrop}, another one at each position.
     *
     * @param seed derived from the run's seed and the epoch
     */
    static ViewChooser randomCrop(int side, Seed seed) {
        return (position, width, height) -> List.of(Views.randomCrop(width, height, side, seed.derive(position)));
    }

    /** {@link Views#tenCrops}. */
    static ViewChooser tenCrops(int side) {
        return (position, width, height) -> Views.tenCrops(width, height, side);
    }
}
