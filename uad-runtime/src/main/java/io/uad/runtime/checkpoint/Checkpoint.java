package io.uad.runtime.checkpoint;

import io.uad.api.NamedTensors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run needs to go on as if it had never stopped, or that an evaluation needs to rebuild the network.
 *
 * @param manifest what is not a tensor
 * @param weights the network's state under its own names, the head included
 * @param momentum of the trained parameters, under their names; may be empty
 * @param clusters the epoch's pseudo-labels; null for a bare model
 */
public record Checkpoint(
        CheckpointManifest manifest,
        NamedTensors weights,
        NamedTensors momentum,
        @Nullable ClusterState clusters) {}
