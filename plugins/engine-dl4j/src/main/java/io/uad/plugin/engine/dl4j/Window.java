package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;

/**
 * How a square window moves over maps.
 *
 * @param input what it moves over
 */
record Window(TensorShape input, int kernel, int stride, int padding) {
    /** Places of the window along the height. */
    int height() {
        return places(input.height());
    }

    /** Places of the window along the width. */
    int width() {
        return places(input.width());
    }

    private int places(int side) {
        return (side + 2 * padding - kernel) / stride + 1;
    }

    /** Values that it sees at a place. */
    int size() {
        return kernel * kernel * input.channels();
    }

    /** Whether it sees each pixel once, and one at a time. */
    boolean isPixel() {
        return kernel == 1 && stride == 1 && padding == 0;
    }

    /** The shape of a result. */
    TensorShape outputs(int channels) {
        return new TensorShape(channels, height(), width());
    }
}
