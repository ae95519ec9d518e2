package io.uad.plugin.clustering.smile;

import smile.clustering.linkage.CompleteLinkage;
import smile.clustering.linkage.Linkage;
import smile.clustering.linkage.SingleLinkage;
import smile.clustering.linkage.UPGMALinkage;
import smile.clustering.linkage.WardLinkage;

/** How far apart two clusters are. */
public enum LinkageRule {
    /** The growth of the sum of squared distances to the means (Ward, 1963). */
    WARD,
    /** The mean distance of their members (UPGMA; Sokal, Michener, 1958). */
    AVERAGE,
    /** The largest distance of their members. */
    COMPLETE,
    /** The smallest distance of their members. */
    SINGLE;

    /** Smile's, which takes over the distances. */
    Linkage of(int size, float[] proximity) {
        return switch (this) {
            case WARD -> new WardLinkage(size, proximity);
            case AVERAGE -> new UPGMALinkage(size, proximity);
            case COMPLETE -> new CompleteLinkage(size, proximity);
            case SINGLE -> new SingleLinkage(size, proximity);
        };
    }
}
