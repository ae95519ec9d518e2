package io.uad.plugin.clustering.kmeans;

/** Chooses the cluster that an empty one is split off from. */
interface Donor {
    /** An iteration begins; the choices in it follow from its number. */
    void begin(int iteration);

    /**
     * A cluster with more than one member, or -1 if there is none.
     *
     * @param sizes members per cluster; halves after a split, as in Faiss
     * @param rows N
     */
    int choose(double[] sizes, int rows);
}
