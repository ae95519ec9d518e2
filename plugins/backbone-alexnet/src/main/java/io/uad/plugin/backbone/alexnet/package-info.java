/**
 * AlexNet (Krizhevsky, Sutskever, Hinton, NIPS 2012) with batch normalisation, in the form of DeepCluster (Caron et al.,
 * ECCV 2018). A sibling backbone is another plugin: a provider, its options, and a {@code Backbone} that lists layers.
 */
@NullMarked
package io.uad.plugin.backbone.alexnet;

import org.jspecify.annotations.NullMarked;
