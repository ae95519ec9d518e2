/**
 * What a run leaves on the disk: its folder, its checkpoints, the assignments of its epochs, its provenance.
 *
 * <p>Every file but the append-only logs is written beside its final place, synced and renamed, so that a run that is
 * killed at any moment leaves either the old file or the new one. {@link io.uad.runtime.checkpoint.Safetensors} specifies
 * the tensors' format, {@link io.uad.runtime.checkpoint.CheckpointStore} how a pair of files is replaced at once.
 */
@NullMarked
package io.uad.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
