package io.uad.api.backbone;

import io.uad.api.TensorShape;
import java.util.List;

/** Follows shapes through layers. */
final class Shapes {
    private Shapes() {}

    static TensorShape after(TensorShape input, List<Layer> layers) {
        var shape = input;
        for (var layer : layers) {
            shape = after(shape, layer);
        }
        return shape;
    }

    private static TensorShape after(TensorShape in, Layer layer) {
        if (layer instanceof Layer.FixedConv2d conv) {
            expect(in.channels() == conv.in(), layer, in);
            return window(in, conv.out(), conv.kernel(), 1, conv.padding(), layer);
        }
        if (layer instanceof Layer.Conv2d conv) {
            expect(in.channels() == conv.in(), layer, in);
            return window(in, conv.out(), conv.kernel(), conv.stride(), conv.padding(), layer);
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            expect(in.channels() == norm.channels(), layer, in);
            return in;
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            return window(in, in.channels(), pool.kernel(), pool.stride(), pool.padding(), layer);
        }
        if (layer instanceof Layer.AvgPool2d pool) {
            return window(in, in.channels(), pool.kernel(), pool.stride(), pool.padding(), layer);
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            return new TensorShape(in.channels(), 1, 1);
        }
        if (layer instanceof Layer.Flatten) {
            return TensorShape.vector(in.size());
        }
        if (layer instanceof Layer.Linear linear) {
            expect(in.equals(TensorShape.vector(linear.in())), layer, in);
            return TensorShape.vector(linear.out());
        }
        if (layer instanceof Layer.Residual residual) {
            var main = after(in, residual.main());
            expect(main.equals(after(in, residual.shortcut())), layer, in);
            return main;
        }
        return in; // ReLU, dropout
    }

    private static TensorShape window(TensorShape in, int out, int kernel, int stride, int padding, Layer layer) {
        var height = in.height() + 2 * padding - kernel;
        var width = in.width() + 2 * padding - kernel;
        expect(height >= 0 && width >= 0, layer, in);
        return new TensorShape(out, height / stride + 1, width / stride + 1);
    }

    private static void expect(boolean fits, Layer layer, TensorShape in) {
        if (!fits) {
            throw new IllegalArgumentException(layer + " cannot take an input of " + in);
        }
    }
}
