/**
 * Turns a clustering into one weight per sample.
 */
@NullMarked
package io.uad.api.uncertainty;

import org.jspecify.annotations.NullMarked;
