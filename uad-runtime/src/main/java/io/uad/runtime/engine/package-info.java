/**
 * Puts engines side by side: a fixed piece of a run is computed by each, written down stage by stage, and compared.
 */
@NullMarked
package io.uad.runtime.engine;

import org.jspecify.annotations.NullMarked;
