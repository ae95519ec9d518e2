/**
 * PyTorch through the Deep Java Library (DJL), on CPU and CUDA.
 *
 * <p>Networks are compiled to plain arrays and functional operations, without DJL's blocks and trainers. Every call works
 * in a manager of its own, so that native memory ends with the call. There can be one DJL per process. It downloads nothing
 * unless {@code DJL_OFFLINE=false} says that it may. A sibling engine is another plugin that passes the same golden tests.
 */
@NullMarked
package io.uad.plugin.engine.djl;

import org.jspecify.annotations.NullMarked;
