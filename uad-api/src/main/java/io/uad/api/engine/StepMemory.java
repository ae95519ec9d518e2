package io.uad.api.engine;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import java.util.List;

/**
 * An estimate of the device memory that a training step takes in float32, for plans and for advice. Libraries add work space
 * of their own, and save some by working in place.
 *
 * @param fixedBytes whatever the batch: weights, gradients, momentum
 * @param bytesPerSample for each sample of a batch: what each layer puts out, and its gradient
 * @since 0.1
 */
public record StepMemory(long fixedBytes, long bytesPerSample) {
    /** What is counted on of the memory that is there. */
    private static final double USABLE = 0.9;

    /**
     * A step of a network.
     *
     * @param classes of the head, 0 without one
     */
    public static StepMemory of(Network network, int classes) {
        var values = size(network.parameters()) + (classes > 0 ? size(network.headParameters(classes)) : 0);
        return new StepMemory(3 * Float.BYTES * values, 2 * Float.BYTES * (network.valuesPerSample() + classes));
    }

    /** What a batch takes. */
    public long bytes(int batch) {
        return fixedBytes + batch * bytesPerSample;
    }

    /**
     * The largest batch that should fit into so much memory, a multiple of 8 where it is more than that; 0 if none fits.
     */
    public int largestBatch(long memoryBytes) {
        var left = (long) (memoryBytes * USABLE) - fixedBytes;
        var batch = (int) Math.max(0, Math.min(Integer.MAX_VALUE, left / bytesPerSample));
        return batch > 8 ? batch / 8 * 8 : batch;
    }

    /**
     * The error of a pass for which the device's memory was too small.
     *
     * @param where {@code engine/name}
     * @param doing what failed, such as "a training step of 256 samples"
     * @param batch how many samples
     * @param device whose memory it was
     * @param reason what the library says, in one line
     */
    public UadException exceeded(
            String where, String doing, int batch, DeviceInfo device, String reason, Throwable cause) {
        var fitting = Math.min(largestBatch(device.memoryBytes()), batch / 2);
        var advice = batch == 1 || (device.memoryBytes() > 0 && fitting == 0)
                ? "This network does not fit into that device: choose a smaller image.size or backbone, or another device"
                : "Lower training.batch (--batch)"
                        + (device.memoryBytes() > 0 ? " to " + fitting + ", which should fit" : "")
                        + ", free memory there, or choose another engine.device";
        return new UadException(
                ErrorKind.RESOURCE,
                doing + " failed: " + reason,
                where,
                "about " + mebibytes(bytes(batch)) + " of memory on " + device.name()
                        + (device.memoryBytes() > 0 ? ", which has " + mebibytes(device.memoryBytes()) : ""),
                advice,
                cause);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static long size(List<Parameter> parameters) {
        return parameters.stream().mapToLong(Parameter::size).sum();
    }
}
