/**
 * Exchange with other programs: reads checkpoints and assignment logs of the original program, and writes models as
 * safetensors and ONNX.
 */
@NullMarked
package io.uad.exchange;

import org.jspecify.annotations.NullMarked;
