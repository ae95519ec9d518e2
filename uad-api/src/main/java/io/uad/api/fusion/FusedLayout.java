package io.uad.api.fusion;

import io.uad.api.engine.Activation;
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
     * Joins the activations of one batch.
     *
     * @param activations one per selection, in that order
     * @return a new array {@code [B, D]} row by row, D the sum of the parts' widths; owned by the caller
     */
    float[] fuse(List<Activation> activations);

    /** D. */
    default int columns() {
        return parts().stream().mapToInt(FusedPart::columns).sum();
    }
}
