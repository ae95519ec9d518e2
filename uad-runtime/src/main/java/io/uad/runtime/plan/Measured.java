package io.uad.runtime.plan;

/**
 * How fast this machine is, as a calibration found it.
 *
 * @param readSeconds of the workers together, for an image that is read and decoded
 * @param cachedSeconds the same for one that was kept decoded
 * @param forwardSeconds for an image on its way through the network
 * @param stepSeconds for an image in a training step
 * @param productRate multiplications and additions per second in a product with the reduction's matrix
 * @param distanceRate the same while nearest centroids are found
 * @param decodedBytes mean of a decoded image; 0 for vectors
 * @param cores of the machine
 * @param decodes whether images have to be decoded; those that a dataset has as pixels have not
 */
record Measured(
        double readSeconds,
        double cachedSeconds,
        double forwardSeconds,
        double stepSeconds,
        double productRate,
        double distanceRate,
        long decodedBytes,
        int cores,
        boolean decodes) {}
