package io.uad.benchmarks;

import java.util.List;

/**
 * The same piece by both sides, round by round.
 *
 * @param theirs empty where the original was not run
 */
record Pair(List<Side> ours, List<Side> theirs) {
    /** One process of one side. */
    record Side(Piece.Figure figure, double peakMiB) {
        static Side of(Piece piece, OwnProcess process) {
            var figure = process.figure();
            var other = figure.processMiB();
            var whole = piece.clock() == Piece.Clock.PROCESS && other == null;
            return new Side(
                    whole ? new Piece.Figure(process.seconds(), figure.quality(), figure.peakMiB(), null) : figure,
                    other == null ? process.peakMiB() : other);
        }
    }

    boolean hasBoth() {
        return !theirs.isEmpty();
    }

    /** Median of UAD's figures over the median of the original's. */
    double ratio() {
        return median(ours) / median(theirs);
    }

    private static double median(List<Side> sides) {
        return Spread.of(sides, side -> side.figure().value()).median();
    }
}
