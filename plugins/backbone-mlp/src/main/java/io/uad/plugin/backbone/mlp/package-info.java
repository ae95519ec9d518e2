/**
 * A multilayer perceptron (Rumelhart, Hinton, Williams, Nature 1986) with ReLU: the body for inputs that are vectors
 * already, such as the features of another network. It takes images too, as one long vector.
 */
@NullMarked
package io.uad.plugin.backbone.mlp;

import org.jspecify.annotations.NullMarked;
