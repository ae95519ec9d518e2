package io.uad.api.backbone;

import io.uad.api.TensorShape;
import java.util.List;

/** Follows shapes through layers, and refuses layers that do not fit behind each other. */
final class Shapes {
    /** A shape, and whether it is a vector to the engine or still a map, perhaps of one pixel. */
    private record Form(TensorShape shape, boolean vector) {}

    private Shapes() {}

    static TensorShape after(TensorShape input, List<Layer> layers) {
        return after(new Form(input, input.equals(TensorShape.vector(input.channels()))), layers).shape;
    }

    /** Values per sample that all layers put out together, those within residual layers included. */
    static long outputs(TensorShape input, List<Layer> layers) {
        return outputs(new Form(input, input.equals(TensorShape.vector(input.channels()))), layers);
    }

    private static long outputs(Form input, List<Layer> layers) {
        var form = input;
        var sum = 0L;
        for (var layer : layers) {
            if (layer instanceof Layer.Residual residual) {
                sum += outputs(form, residual.main()) + outputs(form, residual.shortcut());
            }
            form = after(form, layer);
            sum += form.shape.size();
        }
        return sum;
    }

    private static Form after(Form input, List<Layer> layers) {
        var form = input;
        for (var layer : layers) {
            form = after(form, layer);
        }
        return form;
    }

    private static Form after(Form in, Layer layer) {
        if (layer instanceof Layer.Residual residual) {
            var main = after(in, residual.main());
            var shortcut = after(in, residual.shortcut());
            if (!main.equals(shortcut)) {
                throw new IllegalArgumentException("a residual's branches must end in one shape, were " + main.shape
                        + " and " + shortcut.shape + (main.shape.equals(shortcut.shape) ? ", one of them flat" : "")
                        + ": " + layer);
            }
            return main;
        }
        if (layer instanceof Layer.Flatten || layer instanceof Layer.Linear) {
            return new Form(after(in.shape, layer), true);
        }
        if (layer instanceof Layer.Relu || layer instanceof Layer.Dropout) {
            return in;
        }
        if (in.vector) {
            throw new IllegalArgumentException(layer + " needs a map of channels, and its input is a vector of "
                    + in.shape + "; it must stand before any flatten or linear layer");
        }
        return new Form(after(in.shape, layer), false);
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
        throw new IllegalStateException("no such layer: " + layer);
    }

    private static TensorShape window(TensorShape in, int out, int kernel, int stride, int padding, Layer layer) {
        var height = in.height() + 2L * padding - kernel;
        var width = in.width() + 2L * padding - kernel;
        expect(height >= 0 && width >= 0, layer, in);
        return new TensorShape(out, Math.toIntExact(height / stride + 1), Math.toIntExact(width / stride + 1));
    }

    private static void expect(boolean fits, Layer layer, TensorShape in) {
        if (!fits) {
            throw new IllegalArgumentException(layer + " cannot take an input of " + in);
        }
    }
}
