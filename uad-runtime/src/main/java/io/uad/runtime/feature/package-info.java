/**
 * Streams features from the network to the reduced matrix that is clustered; nothing holds all fused rows.
 */
@NullMarked
package io.uad.runtime.feature;

import org.jspecify.annotations.NullMarked;
