/**
 * Projects fused features to a few columns before they are clustered.
 */
@NullMarked
package io.uad.api.reduction;

import org.jspecify.annotations.NullMarked;
