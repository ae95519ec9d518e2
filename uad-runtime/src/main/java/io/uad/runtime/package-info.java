/** The door for programs that embed UAD: {@link io.uad.runtime.UadRun}. */
@NullMarked
package io.uad.runtime;

import org.jspecify.annotations.NullMarked;
