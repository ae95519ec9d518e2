/**
 * PyTorch through JavaCPP's presets, in float32 or bfloat16.
 *
 * <p>Networks are compiled to plain tensors and functional operations, without PyTorch's modules and optimizers. Every call
 * works in a scope of its own, so that native memory ends with the call.
 */
@NullMarked
package io.uad.plugin.engine.libtorch;

import org.jspecify.annotations.NullMarked;
