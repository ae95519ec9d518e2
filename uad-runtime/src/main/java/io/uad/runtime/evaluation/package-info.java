/**
 * Measures what was learnt: agreement of clusterings, accuracy, and the linear probe with its pooling and learning rate.
 */
@NullMarked
package io.uad.runtime.evaluation;

import org.jspecify.annotations.NullMarked;
