/** Reads pickles as data: nothing that a pickle names is ever looked up or run. */
@NullMarked
package io.uad.exchange.pickle;

import org.jspecify.annotations.NullMarked;
