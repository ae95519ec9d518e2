/**
 * Several processes that work on one run: who they are, how they agree, and how what one has found out reaches the others.
 *
 * <p>All of them run the same code. Process 0 leads: it clusters, decides and writes; what it finds out goes to the others by
 * {@link io.uad.runtime.process.Processes#byLeader}. A run in one process runs that code, too, with
 * {@link io.uad.runtime.process.Processes#alone}, which exchanges nothing.
 */
@NullMarked
package io.uad.runtime.process;

import org.jspecify.annotations.NullMarked;
