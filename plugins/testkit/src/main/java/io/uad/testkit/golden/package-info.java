/**
 * Golden vectors: what PyTorch, torchvision, Pillow, Faiss and scikit-learn compute on inputs that a formula defines.
 *
 * <p>The files come with the test kit; {@code -Duad.golden=DIR} takes another set of the same layout.
 */
@NullMarked
package io.uad.testkit.golden;

import org.jspecify.annotations.NullMarked;
