package io.uad.plugin.clustering.smile;

import io.uad.api.Progress;
import smile.clustering.linkage.Linkage;

/** A linkage that reports each merge, and so lets a run be stopped. */
final class WatchedLinkage extends Linkage {
    private final Linkage linkage;
    private final Progress progress;
    private int merges;

    /**
     * Wraps one.
     *
     * @param proximity the linkage's own, which both share
     */
    WatchedLinkage(Linkage linkage, float[] proximity, Progress progress) {
        super(linkage.size(), proximity);
        this.linkage = linkage;
        this.progress = progress;
    }

    @Override
    public void merge(int one, int other) {
        progress.update(++merges, size() - 1L);
        linkage.merge(one, other);
    }
}
