/**
 * From files to batches: decoding as Pillow does it, choosing views as torchvision does, and loading ahead.
 */
@NullMarked
package io.uad.runtime.image;

import org.jspecify.annotations.NullMarked;
