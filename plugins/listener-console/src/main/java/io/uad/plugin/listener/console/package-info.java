/**
 * Tells a person on standard error how a run is going: a progress bar on a terminal, plain lines elsewhere. Standard
 * output stays free for results.
 *
 * <p>A sibling listener is another plugin: a provider, its options, and a {@code RunListener}.
 */
@NullMarked
package io.uad.plugin.listener.console;

import org.jspecify.annotations.NullMarked;
