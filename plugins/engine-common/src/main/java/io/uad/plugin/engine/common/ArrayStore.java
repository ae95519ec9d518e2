package io.uad.plugin.engine.common;

import io.uad.api.backbone.Parameter;

/**
 * A library's float32 arrays, as the parts of a session need them. Callers see that the library can be called and records no
 * graph.
 *
 * @param <A> the library's array
 */
public interface ArrayStore<A> {
    /**
     * A new array.
     *
     * @param values in C order, as many as the parameter's shape has
     * @param trained whether gradients are to be computed for it
     */
    A create(Parameter parameter, float[] values, boolean trained);

    /** Overwrites all of an array, in place. */
    void write(float[] values, A target);

    /** A copy of all values, in C order. */
    float[] read(A source);

    /** Frees an array. */
    void close(A array);

    /** Makes room for the gradient of the next backward pass. */
    void clearGradient(A value);

    /** A copy of the gradient, in C order. */
    float[] readGradient(A value);

    /** Overwrites the gradient, in place. */
    void writeGradient(float[] values, A value);

    /** The squared Euclidean norm of the gradient. */
    double squaredNormOfGradient(A value);

    /** Multiplies the gradient, in place. */
    void scaleGradient(A value, float factor);
}
