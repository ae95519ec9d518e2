package io.uad.plugin.reduction.pca;

/**
 * How wide the bases are.
 *
 * @param block columns that are multiplied at once; narrower ones converge at fewer columns, wider ones multiply faster
 * @param kept axes that a restart begins with: those asked for and some more, or the last would find no gap behind them
 * @param first columns at which convergence is looked at first
 * @param most columns of the basis
 */
record KrylovSizes(int block, int kept, int first, int most) {
    /** Columns before which nobody looks: equal eigenvalues beyond a block's width come in by rounding only, after a while. */
    private static final int EARLIEST = 224;

    static KrylovSizes of(int count, int columns) {
        var block = Math.min(Math.max(count / 2, 16), 128);
        var unit = Math.max(count, 2 * block);
        var most = Math.max(Math.min(8 * unit, PrincipalAxes.EXACT_UP_TO), 3 * count / 2 + 4 * block);
        most = Math.min(most, columns);
        var kept = Math.min(count + Math.max(count / 4, 32), most);
        most = kept + (most - kept) / block * block; // a restart then loses no part of the next block
        return new KrylovSizes(block, kept, Math.min(Math.max(kept + 2 * block, EARLIEST), most), most);
    }

    /** Columns at which convergence is looked at again after a look: a quarter more, since a look costs their cube. */
    int after(int columns) {
        return Math.min(columns + Math.max(block, columns / 4), most);
    }
}
