/**
 * Appends a run's figures to two files in its folder, one JSON object per line (JSON Lines).
 *
 * <p>{@code metrics.jsonl} holds what the run computed and nothing else, so that equal runs write equal bytes;
 * {@code timings.jsonl} holds how long it took. A sibling listener is another plugin: a provider, its options, and a
 * {@code RunListener}.
 */
@NullMarked
package io.uad.plugin.listener.jsonl;

import org.jspecify.annotations.NullMarked;
