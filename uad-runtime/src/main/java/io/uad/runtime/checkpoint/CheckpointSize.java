package io.uad.runtime.checkpoint;

import io.uad.api.backbone.Parameter;
import java.util.List;
import java.util.Map;

/**
 * What decides how long a checkpoint will be, known before there is one.
 *
 * @param body parameters without the head's, in the network's order
 * @param head the head's parameters
 * @param momentum the parameters that have one
 * @param projection the shapes of the fitted reduction's state
 * @param clusters K
 * @param columns d
 * @param samples N
 * @param drawn the samples of an epoch's training
 * @param hasPrevious whether there was an epoch before
 */
public record CheckpointSize(
        List<Parameter> body,
        List<Parameter> head,
        List<Parameter> momentum,
        Map<String, List<Integer>> projection,
        int clusters,
        int columns,
        int samples,
        int drawn,
        boolean hasPrevious) {
    /** The bytes of the tensors' file; the manifest beside it is short. */
    public long bytes() {
        return Safetensors.bytes(CheckpointTensors.shapes(this), CheckpointPair.METADATA);
    }
}
