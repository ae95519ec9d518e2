package io.uad.runtime.process;

/**
 * How the processes of a run are spread over machines, as one of them sees it.
 *
 * @param size how many there are, 1 or more
 * @param here how many of them share this machine, as far as this one knows: itself and those that it starts; either 1 or
 *     all
 * @param leads whether this one is process 0
 * @param othersHeap Java's heap of each other one in bytes; 0 if it is as large as this one's
 */
public record Topology(int size, int here, boolean leads, long othersHeap) {
    /** A run in one process. */
    public static final Topology ALONE = new Topology(1, 1, true, 0);

    public Topology {
        if (size < 1 || (here != 1 && here != size) || othersHeap < 0) {
            throw new IllegalArgumentException("size must be 1 or more, here 1 or size and othersHeap 0 or more, were "
                    + size + ", " + here + " and " + othersHeap);
        }
    }

    /** All on this machine, of which this one leads. */
    public static Topology onThisMachine(int size, long othersHeap) {
        return new Topology(size, size, true, othersHeap);
    }

    /** Each on a machine of its own that is like this one. */
    public static Topology onMachines(int size, boolean leads) {
        return new Topology(size, 1, leads, 0);
    }

    /** Whether there is no other. */
    public boolean isAlone() {
        return size == 1;
    }

    /** How many machines there are. */
    public int machines() {
        return size / here;
    }

    /** Java's heap of each other process. */
    public long heapOfOthers(long own) {
        return othersHeap == 0 ? own : othersHeap;
    }

    /** The same as another process sees it. */
    public Topology ofAnother() {
        return new Topology(size, here, false, othersHeap);
    }

    /** How many samples of a step a process takes at most, see {@link Processes#slice}. */
    public int longestSlice(int samples) {
        return samples < size ? samples : (int) (((long) samples + size - 1) / size);
    }

    /** The same at least. */
    public int shortestSlice(int samples) {
        return samples < size ? samples : samples / size;
    }

    /**
     * How many samples the first batch of this process has at least, when some are dealt out, see {@link Processes#dealt}: the
     * last process may have none.
     */
    public int leastDealt(int samples, int batch) {
        var before = leads ? 0 : (long) (size - 1) * batch;
        return (int) Math.max(0, Math.min(batch, samples - before));
    }

    /** How many samples a process has at most then. */
    public int mostDealt(int samples, int batch) {
        var round = (long) size * batch;
        var before = (samples - 1) / round; // rounds in which each process has a whole batch
        return (int) (before * batch + Math.min(batch, samples - before * round));
    }
}
