package io.uad.runtime.training;

import io.uad.runtime.image.LoadedBatch;

/**
 * The samples of a step, of which this process has loaded its part; alone, that is all of them.
 *
 * @param part this process's
 * @param firstPosition the place of the part's first sample in the epoch, as dropout counts them
 * @param nextPosition the place after the last sample of the whole: where training that is resumed after this step starts
 * @param size samples of the whole
 * @param copies how many processes load each sample: 1, or all of them where there are fewer samples than processes
 */
record JointBatch(LoadedBatch part, long firstPosition, long nextPosition, int size, int copies) {}
