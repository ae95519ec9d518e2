/** The first weights of a network. */
@NullMarked
package io.uad.runtime.backbone;

import org.jspecify.annotations.NullMarked;
