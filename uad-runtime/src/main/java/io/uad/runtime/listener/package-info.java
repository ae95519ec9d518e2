/**
 * Hands events to listeners, and keeps a failing one from stopping the run.
 */
@NullMarked
package io.uad.runtime.listener;

import org.jspecify.annotations.NullMarked;
