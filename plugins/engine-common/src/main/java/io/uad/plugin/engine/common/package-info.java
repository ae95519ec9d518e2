/**
 * What engines have in common: the named values of a session with their gradients and momentum, the head, the buffers of a
 * step, what failures of a library mean, and the search for nearest rows. An engine brings the arrays, by an {@link
 * io.uad.plugin.engine.common.ArrayStore}, and products, by {@link io.uad.plugin.engine.common.RowProducts} or, where Java
 * cannot read the memory, {@link io.uad.plugin.engine.common.DeviceRows}.
 *
 * <p>Inside engines only; the API does not know it, and each plugin brings its own copy.
 */
@NullMarked
package io.uad.plugin.engine.common;

import org.jspecify.annotations.NullMarked;
