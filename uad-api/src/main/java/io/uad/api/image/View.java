package io.uad.api.image;

/**
 * How a square input is cut out of an image: a box of it is resized, mirrored if asked, and a window of that is taken.
 *
 * <p>All units are pixels. Resizing is bilinear with antialiasing, in Pillow's arithmetic: only pixels of the box count,
 * columns first, rounded to bytes between the passes.
 *
 * <p>A box or window that has no pixels or leaves what it is cut from is an {@link IllegalArgumentException}.
 *
 * @param left the box's left edge in the image
 * @param top the box's upper edge in the image
 * @param width the box's width
 * @param height the box's height
 * @param resizedWidth the box's width after resizing
 * @param resizedHeight the box's height after resizing
 * @param mirrored whether the resized box is mirrored left to right before the window is taken
 * @param windowLeft the window's left edge in the resized box
 * @param windowTop the window's upper edge in the resized box
 * @param side the window's width and height
 * @since 0.1
 */
public record View(
        int left,
        int top,
        int width,
        int height,
        int resizedWidth,
        int resizedHeight,
        boolean mirrored,
        int windowLeft,
        int windowTop,
        int side) {
    public View {
        if (left < 0 || top < 0 || width < 1 || height < 1 || resizedWidth < 1 || resizedHeight < 1 || side < 1) {
            throw new IllegalArgumentException("box must have sides of 1 or more, was " + width + "x" + height + "+"
                    + left + "+" + top + " to " + resizedWidth + "x" + resizedHeight);
        }
        if (windowLeft < 0 || windowTop < 0 || windowLeft + side > resizedWidth || windowTop + side > resizedHeight) {
            throw new IllegalArgumentException("window " + side + "+" + windowLeft + "+" + windowTop
                    + " must lie within " + resizedWidth + "x" + resizedHeight);
        }
    }

    /**
     * The view that leaves a square image as it is.
     *
     * @param side at least 1
     */
    public static View whole(int side) {
        return new View(0, 0, side, side, side, side, false, 0, 0, side);
    }

    /**
     * Makes sure that the box lies in an image.
     *
     * @param reduction how many of this view's columns and rows each pixel stands for
     */
    void requireWithin(Image image, int reduction) {
        if (left + width > (long) image.width() * reduction || top + height > (long) image.height() * reduction) {
            throw new IllegalArgumentException(this + " leaves an image of " + image.width() + "x" + image.height()
                    + (reduction == 1 ? "" : ", one in " + reduction));
        }
    }

    /** The window's left edge in the resized box before it is mirrored. */
    int windowFromLeft() {
        return mirrored ? resizedWidth - side - windowLeft : windowLeft;
    }

    /** Whether this view leaves an image of that size as it is. */
    public boolean leavesAlone(Image image) {
        return equals(whole(image.width())) && image.height() == image.width();
    }
}
