package io.uad.runtime.evaluation;

import io.uad.runtime.evaluation.LinearProbe.TapResult;
import org.jspecify.annotations.Nullable;

/** Keeps the last and the best scores of a tap; the best is the first epoch with the highest top-1. */
final class TapScores {
    private TapScores() {}

    static TapResult after(@Nullable TapResult before, ProbedTap tap, int epoch, ProbedTap.Scores scores) {
        if (before == null || scores.top1() > before.bestTop1()) {
            return result(tap, epoch, scores, epoch, scores.top1(), scores.top5());
        }
        return result(tap, epoch, scores, before.bestEpoch(), before.bestTop1(), before.bestTop5());
    }

    private static TapResult result(
            ProbedTap tap, int epoch, ProbedTap.Scores last, int bestEpoch, double bestTop1, double bestTop5) {
        return new TapResult(
                tap.tap(), tap.features(), epoch, last.loss(), last.top1(), last.top5(), bestEpoch, bestTop1, bestTop5);
    }
}
