package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The largest value or the mean of each window.
 *
 * @param operation which of the two
 */
record Pool(Operation operation, int kernel, int stride, int padding) implements Node {
    /** What is computed of a window; the second takes the input, the gradient by the output, and where that by the input goes. */
    enum Operation {
        LARGEST {
            @Override
            void forward(Pool pool, INDArray input, INDArray target) {
                Ops.maxPool(input, pool.kernel, pool.stride, pool.padding, target);
            }

            @Override
            void backward(Pool pool, INDArray input, INDArray gradient, INDArray target) {
                Ops.maxPoolBackward(input, gradient, pool.kernel, pool.stride, pool.padding, target);
            }
        },
        MEAN {
            @Override
            void forward(Pool pool, INDArray input, INDArray target) {
                Ops.averagePool(input, pool.kernel, pool.stride, pool.padding, target);
            }

            @Override
            void backward(Pool pool, INDArray input, INDArray gradient, INDArray target) {
                Ops.averagePoolBackward(input, gradient, pool.kernel, pool.stride, pool.padding, target);
            }
        };

        abstract void forward(Pool pool, INDArray input, INDArray target);

        abstract void backward(Pool pool, INDArray input, INDArray gradient, INDArray target);
    }

    @Override
    public Step forward(Maps input, Mode mode) {
        var shape = input.shape();
        var output = input.another(new TensorShape(shape.channels(), places(shape.height()), places(shape.width())));
        operation.forward(this, input.images(), output.images());
        if (!mode.isRecorded(false)) {
            input.letGo();
            return new Step(output, Backward.NONE);
        }
        return new Step(output, gradient -> {
            var slopes = input.another(shape);
            operation.backward(this, input.images(), gradient.images(), slopes.images());
            input.letGo();
            gradient.letGo();
            return slopes;
        });
    }

    private int places(int side) {
        return (side + 2 * padding - kernel) / stride + 1;
    }
}
