package io.uad.plugin.reduction.pca;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import java.util.Arrays;

/**
 * The space of {@code G, S G, S^2 G, ...} for a Gaussian block G and {@code S = C^T C}: a randomised block Krylov method
 * (Halko, Martinsson, Shkolnisky, Tygert, SIAM J. Sci. Comput. 33, 2011; Musco, Musco, NeurIPS 2015, algorithm 2). It is
 * built as block Lanczos with full reorthogonalisation, since float32 loses the orthogonality that Lanczos relies on.
 *
 * <p>A block that has run dry, as data of low rank leave it, is replaced by a new Gaussian one. Copies of an eigenvalue that
 * occurs more often than a block is wide come in by that, or by rounding, for which the first look at convergence leaves time.
 */
final class KrylovSpace implements AutoCloseable {
    /** Directions of S times a block below this share of the largest seen are rounding. */
    private static final double ROUNDING = 1e-7;

    private final MatrixHandle centred;
    private final KrylovSizes sizes;
    private final StageContext context;
    private final Panels basis;
    private final double[][] projected; // Q^T S Q
    private double[][] next; // orthonormal, orthogonal to the basis
    private double[] remainder; // [block * block], the Gram matrix of what S times the last block has outside the basis
    private double largest;
    private int gaussians;

    KrylovSpace(MatrixHandle centred, KrylovSizes sizes, StageContext context) {
        this.centred = centred;
        this.sizes = sizes;
        this.context = context;
        this.basis = new Panels(context.algebra());
        this.projected = new double[sizes.most()][sizes.most()];
        this.remainder = new double[0];
        this.next = Basis.orthonormal(gaussian());
    }

    static IllegalStateException notFinite() {
        return new IllegalStateException("the engine's products of finite features are not finite");
    }

    int columns() {
        return basis.columns();
    }

    /** Takes the next block into the basis and multiplies it by S. */
    void expand() {
        var algebra = context.algebra();
        var first = basis.columns();
        if (next.length == 0) {
            next = fresh();
        }
        var block = Arrays.copyOf(next, Math.min(next.length, sizes.most() - first));
        var matrix = Basis.asColumns(block);
        float[] product;
        try (var columns = algebra.upload(matrix);
                var scores = algebra.multiply(centred, false, columns, false);
                var image = algebra.multiply(centred, true, scores, false)) {
            product = algebra.read(image).toArray();
        }
        basis.append(matrix);
        var coefficients = basis.subtractFrom(product, block.length);
        for (var i = 0; i < coefficients.rows(); i++) {
            for (var j = 0; j < block.length; j++) {
                var value = coefficients.get(i, j);
                if (!Float.isFinite(value)) {
                    throw notFinite();
                }
                projected[i][first + j] = value;
                projected[first + j][i] = value;
                largest = Math.max(largest, Math.abs(value));
            }
        }
        var outside = Basis.columnsOf(FeatureMatrix.of(product, block.length));
        remainder = Basis.gram(outside);
        next = independent(outside, remainder.clone(), largest * ROUNDING);
    }

    /** The best weights of the basis, {@code [kept][columns]}. */
    SymmetricEigen best() {
        var size = basis.columns();
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++) {
            System.arraycopy(projected[i], 0, matrix, i * size, size);
        }
        return SymmetricEigen.largest(matrix, size, Math.min(sizes.kept(), size));
    }

    /**
     * The largest {@code |S v - lambda v| / lambda} of the first vectors, without a product: S times a vector of the space
     * leaves it only by what S times its last block does.
     */
    double estimatedResidual(SymmetricEigen best, int count) {
        var width = (int) Math.sqrt(remainder.length);
        var most = 0.0;
        for (var axis = 0; axis < count; axis++) {
            var weights = best.vectors()[axis];
            var from = weights.length - width;
            var squared = 0.0;
            for (var i = 0; i < width; i++) {
                for (var j = 0; j < width; j++) {
                    squared += weights[from + i] * remainder[i * width + j] * weights[from + j];
                }
            }
            var value = best.values()[axis];
            if (value > best.values()[0] * Pca.NEGLIGIBLE) {
                most = Math.max(most, Math.sqrt(Math.max(0, squared)) / value);
            }
        }
        return most;
    }

    /** The first of the best vectors within the space, {@code [count][D]}, as good as float32 makes them. */
    double[][] vectors(SymmetricEigen best, int count) {
        return basis.combine(Arrays.copyOf(best.vectors(), count));
    }

    /** Leaves of the basis only its best axes; the next block, which holds all that they lack, stays. */
    void restart(Ritz ritz) {
        basis.clear();
        basis.append(Basis.asColumns(ritz.axes()));
        for (var row : projected) {
            Arrays.fill(row, 0);
        }
        for (var i = 0; i < ritz.values().length; i++) {
            projected[i][i] = ritz.values()[i];
        }
        if (next.length > 0) {
            next = orthogonal(next);
        }
    }

    private double[][] fresh() {
        var block = orthogonal(Basis.orthonormal(gaussian()));
        if (block.length == 0) { // random directions lie in no space that is not the whole one
            throw notFinite();
        }
        return block;
    }

    private double[][] orthogonal(double[][] block) {
        var less = Basis.asColumns(block).toArray();
        basis.subtractFrom(less, block.length);
        var outside = Basis.columnsOf(FeatureMatrix.of(less, block.length));
        return independent(outside, Basis.gram(outside), 1e-3);
    }

    /** An orthonormal basis of what a block, less its share in the basis, has above a norm; orthogonal to the basis. */
    private double[][] independent(double[][] block, double[] gram, double norm) {
        var once = Basis.independent(block, gram, norm);
        if (once.length == 0) {
            return once;
        }
        var again = Basis.asColumns(once).toArray();
        basis.subtractFrom(again, once.length);
        return Basis.independent(Basis.columnsOf(FeatureMatrix.of(again, once.length)), 0.5);
    }

    private double[][] gaussian() {
        var seed = context.seed().derive("test-matrix").derive(gaussians++);
        var vectors = new double[Math.min(sizes.block(), centred.columns())][centred.columns()];
        for (var i = 0; i < vectors.length; i++) {
            Arrays.setAll(vectors[i], seed.derive(i)::gaussian);
        }
        return vectors;
    }

    @Override
    public void close() {
        basis.clear();
    }
}
