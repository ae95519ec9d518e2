/**
 * The command line: one class per command. Commands translate flags into layers of the configuration and leave the work to
 * {@code io.uad.runtime}. What people read goes to standard error, what programs read to standard output.
 *
 * <p>To add a command: a class with {@code @Command} that implements {@code Callable<Integer>}, listed in
 * {@link io.uad.cli.UadCommand}.
 */
@NullMarked
package io.uad.cli;

import org.jspecify.annotations.NullMarked;
