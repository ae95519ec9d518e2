/**
 * Networks as engine-neutral lists of layers, in the conventions and with the parameter names of PyTorch.
 */
@NullMarked
package io.uad.api.backbone;

import org.jspecify.annotations.NullMarked;
