package io.uad.api.fusion;

import io.uad.api.Seed;
import io.uad.api.engine.Activation;
import java.util.Arrays;
import java.util.List;

/**
 * How activations become rows. Without state; called from several threads.
 *
 * @since 0.1
 */
public interface FusedLayout {
    /** The parts of a row in order; their widths add up to the row's. */
    List<FusedPart> parts();

    /**
     * By what the columns of each part are multiplied before the reduction sees them. Called once per epoch, when the
     * sample that the reduction is fitted on is known.
     *
     * @param variances for each part the variance of its columns over that sample, added up; 0 or more
     * @return one finite factor above 0 per part; all 1 unless a fusion weighs its parts
     */
    default double[] scales(double[] variances) {
        var ones = new double[variances.length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * Joins the activations of one batch.
     *
     * @param activations one per selection, in that order
     * @param batch derived from the run's seed, the epoch and the batch's first sample, for choices that differ from batch
     *     to batch
     * @return a new array {@code [B, D]} row by row, D the sum of the parts' widths; owned by the caller
     */
    float[] fuse(List<Activation> activations, Seed batch);

    /** D. */
    default int columns() {
        return parts().stream().mapToInt(FusedPart::columns).sum();
    }
}
