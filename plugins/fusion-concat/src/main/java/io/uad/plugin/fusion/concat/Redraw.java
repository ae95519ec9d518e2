package io.uad.plugin.fusion.concat;

/** How long drawn channels last. */
public enum Redraw {
    /** For the whole run: a column means the same in every row and every epoch. */
    RUN,
    /** For an epoch: a column means the same in every row. */
    EPOCH,
    /** For a batch, as in the original program: a column means something else in each batch. */
    BATCH
}
