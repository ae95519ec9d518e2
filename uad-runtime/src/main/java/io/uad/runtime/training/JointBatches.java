package io.uad.runtime.training;

import io.uad.runtime.image.ImageStream;

/** The steps of an epoch, in order. To be used by one thread, and closed. */
interface JointBatches extends AutoCloseable {
    /** Those of one process, which loads every sample. */
    static JointBatches alone(ImageStream batches) {
        return new JointBatches() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public JointBatch next() {
                var batch = batches.next();
                return new JointBatch(batch, batch.firstPosition(), batch.nextPosition(), batch.indices().length, 1);
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }

    /** Whether there is another step; the same in every process. */
    boolean hasNext();

    /** The next step. */
    JointBatch next();

    @Override
    void close();
}
