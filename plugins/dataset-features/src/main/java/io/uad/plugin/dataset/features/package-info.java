/**
 * A dataset of ready-made feature vectors, one per row of a NumPy file, so that fusion, clustering and uncertainty serve
 * sounds, texts or tables as well as images.
 *
 * <p>The files are memory-mapped: what is read lies outside the heap. The format is that of NumPy's {@code numpy.lib.format},
 * versions 1 to 3: eight bytes of magic and version, the length of the header, the header (a Python dictionary with the
 * type of the values, their order and the shape), the values.
 */
@NullMarked
package io.uad.plugin.dataset.features;

import org.jspecify.annotations.NullMarked;
