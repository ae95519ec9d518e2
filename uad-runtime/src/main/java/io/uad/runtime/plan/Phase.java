package io.uad.runtime.plan;

/** A part of an epoch, by what lies in memory at once. */
public enum Phase {
    START("while the network is opened"),
    /** With the sample for the reduction, of which nothing is projected yet. */
    SAMPLE("while the reduction's sample is forwarded"),
    FIT("while the reduction is fitted"),
    PROJECTION("while the reduction's sample is projected"),
    /** Those of the other images, which are projected as they come. */
    FEATURES("while features are computed"),
    CLUSTERING("while they are clustered"),
    TRAINING("while the network is trained"),
    CHECKPOINT("while a checkpoint is written");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** As part of a sentence. */
    @Override
    public String toString() {
        return words;
    }
}
