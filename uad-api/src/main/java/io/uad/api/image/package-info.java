/**
 * Decoded pixels, the view that is cut out of them, and batches of views. Decoding is the runtime's work; a plugin may decode
 * large JPEG files at a fraction of their size.
 */
@NullMarked
package io.uad.api.image;

import org.jspecify.annotations.NullMarked;
