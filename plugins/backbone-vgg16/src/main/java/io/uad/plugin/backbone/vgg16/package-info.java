/**
 * VGG16 (Simonyan, Zisserman, ICLR 2015, configuration D) with batch normalisation, in the form of DeepCluster (Caron et
 * al., ECCV 2018).
 */
@NullMarked
package io.uad.plugin.backbone.vgg16;

import org.jspecify.annotations.NullMarked;
