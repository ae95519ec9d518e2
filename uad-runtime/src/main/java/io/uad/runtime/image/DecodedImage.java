package io.uad.runtime.image;

import io.uad.api.image.Image;
import io.uad.api.image.Resampler;
import io.uad.api.image.View;

/**
 * The pixels of an image, or a reduction of it, upright.
 *
 * @param image as it was decoded
 * @param width of the whole image in pixels
 * @param height of the whole image in pixels
 * @param asked the reduction that its views allowed, 1 for none; {@link #ANY} if there is but the whole image for any views
 * @param left how many columns of the original the first one stands for that it has not: one that is reduced may be wider
 *     than it by the rest, at the right, unless it is turned
 * @param top the same of rows
 */
record DecodedImage(Image image, int width, int height, int asked, int left, int top) {
    static final int ANY = 0;

    static DecodedImage whole(Image image) {
        return whole(image, ANY);
    }

    static DecodedImage whole(Image image, int asked) {
        return new DecodedImage(image, image.width(), image.height(), asked, 0, 0);
    }

    /** @param reduced of a file of that size, as it is stored */
    static DecodedImage reduced(Image reduced, int width, int height, int reduction, Orientation orientation) {
        var columns = orientation.mirroredX() ? reduced.width() * reduction - width : 0;
        var rows = orientation.mirroredY() ? reduced.height() * reduction - height : 0;
        var swapped = orientation.swapped();
        return new DecodedImage(
                orientation.apply(reduced),
                swapped ? height : width,
                swapped ? width : height,
                reduction,
                swapped ? rows : columns,
                swapped ? columns : rows);
    }

    /** Whether every pixel is there. */
    boolean isWhole() {
        return image.width() == width && image.height() == height;
    }

    /** Whether decoding the image anew for views that allow that reduction would give these pixels. */
    boolean serves(int reduction) {
        return asked == ANY || asked == reduction;
    }

    /** @param view of the whole image */
    Image apply(View view) {
        if (isWhole()) {
            return Resampler.apply(image, view);
        }
        var moved = new View(
                left + view.left(),
                top + view.top(),
                view.width(),
                view.height(),
                view.resizedWidth(),
                view.resizedHeight(),
                view.mirrored(),
                view.windowLeft(),
                view.windowTop(),
                view.side());
        return Resampler.apply(image, moved, asked);
    }
}
