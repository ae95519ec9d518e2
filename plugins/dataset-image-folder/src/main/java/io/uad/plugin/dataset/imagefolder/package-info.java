/**
 * A dataset of the image files below a folder: flat, nested, or one folder per class.
 *
 * <p>To add another source of images, write a sibling of this plugin: a {@code DatasetProvider}, its options with a key
 * {@code path}, and a {@code Dataset} that lists samples at once and reads them when asked.
 */
@NullMarked
package io.uad.plugin.dataset.imagefolder;

import org.jspecify.annotations.NullMarked;
