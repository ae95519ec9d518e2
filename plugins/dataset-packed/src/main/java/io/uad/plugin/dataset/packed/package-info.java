/**
 * A dataset of images in one memory-mapped file, a copy of others that is read without opening a file for each and, as raw
 * pixels, without decoding. {@code PackWriter} writes what {@code PackFile} reads; the bytes are described at
 * {@code PackFormat}.
 *
 * <p>To add another form of copy, write a sibling of this plugin: a {@code DatasetProvider} that also has a
 * {@code writer}.
 */
@NullMarked
package io.uad.plugin.dataset.packed;

import org.jspecify.annotations.NullMarked;
