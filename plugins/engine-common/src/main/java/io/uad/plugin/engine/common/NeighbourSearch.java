package io.uad.plugin.engine.common;

import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;

/**
 * Finds nearest rows by {@code |c|^2 - 2 x c}, block by block, then measures the distance to those found as a sum of squared
 * differences in double, which loses no digits to cancellation. For the first step the origin is the mean of the rows, in
 * whole numbers: far from it few digits would be left, and vectors of about length 1 stay as they are.
 *
 * <p>A few more candidates than asked for are measured, so that the rounding of the first step changes neither the order
 * nor ties. Only where more than {@value #SPARE} rows tie at the border it decides which of them are taken, the same ones
 * each time. A single nearest among few rows takes the short way, without candidates. Of the products of rows among
 * themselves, each of which serves both of its rows, only half are computed.
 *
 * <p>The library multiplies; what is kept of a block is picked out in Java while it is in the processor's cache, by as many
 * threads as there are cores, each of which has rows of its own. For CPUs, whose memory Java can read.
 */
public final class NeighbourSearch {
    private static final int SPARE = 8;
    private static final int MOST_FOR_SHORT_WAY = 16_384;

    private final int rowsPerBlock;
    private final int othersPerBlock;

    /** Blocks of 8 MiB. */
    public NeighbourSearch() {
        this(2048, 1024);
    }

    /**
     * With blocks of another size.
     *
     * @param rowsPerBlock of points, and of both sides where rows are searched among themselves
     * @param othersPerBlock of the rows that are searched
     */
    public NeighbourSearch(int rowsPerBlock, int othersPerBlock) {
        this.rowsPerBlock = rowsPerBlock;
        this.othersPerBlock = othersPerBlock;
    }

    /**
     * What is searched.
     *
     * @param origin {@code [D]}; empty for none
     * @param seen the others, from the origin
     * @param norms the squares of those
     */
    private record Searched<M extends MatrixHandle>(
            RowProducts<M> library, RowReader others, float[] origin, M seen, float[] norms) {}

    /**
     * The nearest rows of each point, nearest first, ties by index.
     *
     * @param points {@code [N, D]}
     * @param others {@code [M, D]}
     * @param count 1 to M
     */
    public <M extends MatrixHandle> Neighbours nearest(RowProducts<M> library, M points, M others, int count) {
        return withOrigin(library, others, searched -> {
            var found = new Found(RowReader.of(points, library), searched.others, count);
            for (var first = 0; first < points.rows(); first += rowsPerBlock) {
                var rows = Math.min(rowsPerBlock, points.rows() - first);
                if (searched.origin.length == 0) {
                    nearest(searched, new SeenRows.Some<>(points, first, rows), first, found);
                } else {
                    try (var seen = library.less(new SeenRows.Some<>(points, first, rows), searched.origin)) {
                        nearest(searched, new SeenRows.Some<>(seen, 0, rows), first, found);
                    }
                }
            }
            return found.neighbours;
        });
    }

    /**
     * The nearest other rows of each row, nearest first, ties by index; itself left out.
     *
     * @param points {@code [N, D]}
     * @param count 1 to N - 1
     */
    public <M extends MatrixHandle> Neighbours neighbours(RowProducts<M> library, M points, int count) {
        return withOrigin(library, points, searched -> {
            var rows = points.rows();
            var best = new BestRows(rows, (int) Math.min((long) count + SPARE, rows - 1));
            for (var top = 0; top < rows; top += rowsPerBlock) {
                for (var left = top; left < rows; left += rowsPerBlock) {
                    compare(searched, top, left, best);
                }
            }
            var found = new Found(searched.others, searched.others, count);
            Spans.forEach(rows, (from, to) -> found.measure(from, to, row -> best.of(row, row)));
            return found.neighbours;
        });
    }

    /** Searches the rows as they are seen from the origin. */
    @FunctionalInterface
    private interface Search<M extends MatrixHandle> {
        Neighbours in(Searched<M> searched);
    }

    private static <M extends MatrixHandle> Neighbours withOrigin(RowProducts<M> library, M others, Search<M> search) {
        var rows = RowReader.of(others, library);
        var origin = rows.roundedMean();
        if (origin.length == 0) {
            return search.in(new Searched<>(library, rows, origin, others, rows.squares()));
        }
        try (var seen = library.less(SeenRows.Some.all(others), origin)) {
            var norms = RowReader.of(seen, library).squares();
            return search.in(new Searched<>(library, rows, origin, seen, norms));
        }
    }

    /** The nearest of a block of points. */
    private <M extends MatrixHandle> void nearest(
            Searched<M> searched, SeenRows.Some<M> points, int first, Found found) {
        var all = searched.norms.length;
        var count = found.neighbours.count();
        if (count == 1 && all <= MOST_FOR_SHORT_WAY) {
            var closest = new ClosestRows(points.count());
            eachBlock(searched, points, closest::take);
            Spans.forEach(
                    points.count(),
                    (from, to) -> found.measure(first + from, first + to, row -> closest.of(row - first)));
        } else {
            var best = new BestRows(points.count(), (int) Math.min((long) count + SPARE, all));
            eachBlock(searched, points, (block, from, to) -> best.takeLines(block, from, to, false));
            Spans.forEach(
                    points.count(),
                    (from, to) -> found.measure(first + from, first + to, row -> best.of(row - first, -1)));
        }
    }

    /** Takes something from some lines of a block. */
    @FunctionalInterface
    private interface Lines {
        void take(BestRows.Block block, int from, int to);
    }

    private <M extends MatrixHandle> void eachBlock(Searched<M> searched, SeenRows.Some<M> points, Lines lines) {
        for (var left = 0; left < searched.norms.length; left += othersPerBlock) {
            var width = Math.min(othersPerBlock, searched.norms.length - left);
            var from = left;
            searched.library.multiply(points, new SeenRows.Some<>(searched.seen, left, width), products -> {
                var block = new BestRows.Block(products, 0, from, points.count(), width, searched.norms);
                Spans.forEach(points.count(), (begin, end) -> lines.take(block, begin, end));
            });
        }
    }

    /** Offers the rows of a block to each other. */
    private <M extends MatrixHandle> void compare(Searched<M> searched, int top, int left, BestRows best) {
        var rows = searched.norms.length;
        var lines = new SeenRows.Some<>(searched.seen, top, Math.min(rowsPerBlock, rows - top));
        var columns = new SeenRows.Some<>(searched.seen, left, Math.min(rowsPerBlock, rows - left));
        searched.library.multiply(lines, columns, products -> {
            var block = new BestRows.Block(products, top, left, lines.count(), columns.count(), searched.norms);
            Spans.forEach(lines.count(), (from, to) -> best.takeLines(block, from, to, true));
            if (top != left) {
                Spans.forEach(columns.count(), (from, to) -> best.takeColumns(block, from, to));
            }
        });
    }
}
