package io.uad.plugin.reduction.pca;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import java.util.ArrayList;
import java.util.List;

/** The orthonormal columns of a basis on the engine's device, few wide matrices rather than many narrow ones. */
final class Panels {
    private static final int WIDEST = 512;

    private final LinearAlgebra algebra;
    private final List<MatrixHandle> panels = new ArrayList<>();

    Panels(LinearAlgebra algebra) {
        this.algebra = algebra;
    }

    int columns() {
        return panels.stream().mapToInt(MatrixHandle::columns).sum();
    }

    /** Adds columns to the right; panels of like width become one, as in counting by two. */
    void append(FeatureMatrix block) {
        panels.add(algebra.upload(block));
        for (var last = panels.size() - 1; last > 0; last--) {
            var left = panels.get(last - 1);
            var right = panels.get(last);
            if (left.columns() > right.columns() || left.columns() + right.columns() > WIDEST) {
                return;
            }
            panels.set(last - 1, algebra.upload(beside(algebra.read(left), algebra.read(right))));
            panels.remove(last);
            left.close();
            right.close();
        }
    }

    /**
     * Takes from each column its share in the basis.
     *
     * @param block {@code [D, columns]} row by row; changed
     * @return the shares, {@code Q^T} times the block
     */
    FeatureMatrix subtractFrom(float[] block, int columns) {
        var shares = FeatureMatrix.allocate(columns(), columns);
        var row = 0;
        try (var whole = algebra.upload(FeatureMatrix.of(block, columns))) {
            for (var panel : panels) {
                try (var share = algebra.multiply(panel, true, whole, false);
                        var product = algebra.multiply(panel, false, share, false)) {
                    shares.write(row, panel.columns(), algebra.read(share).toArray());
                    row += panel.columns();
                    var floats = algebra.read(product).toArray();
                    for (var i = 0; i < block.length; i++) {
                        block[i] -= floats[i];
                    }
                }
            }
        }
        return shares;
    }

    /** Sums of the columns, {@code [weights.length][D]}. */
    double[][] combine(double[][] weights) {
        var sums = new double[weights.length][panels.get(0).rows()];
        var all = Basis.asColumns(weights);
        var row = 0;
        for (var panel : panels) {
            var some = new float[panel.columns() * weights.length];
            all.read(row, panel.columns(), some);
            row += panel.columns();
            try (var factor = algebra.upload(FeatureMatrix.of(some, weights.length));
                    var product = algebra.multiply(panel, false, factor, false)) {
                Basis.add(algebra.read(product), sums);
            }
        }
        return sums;
    }

    void clear() {
        panels.forEach(MatrixHandle::close);
        panels.clear();
    }

    private static FeatureMatrix beside(FeatureMatrix left, FeatureMatrix right) {
        var both = FeatureMatrix.allocate(left.rows(), left.columns() + right.columns());
        var row = new float[both.columns()];
        var rest = new float[right.columns()];
        for (var i = 0; i < both.rows(); i++) {
            left.read(i, 1, row);
            right.read(i, 1, rest);
            System.arraycopy(rest, 0, row, left.columns(), rest.length);
            both.write(i, 1, row);
        }
        return both;
    }
}
