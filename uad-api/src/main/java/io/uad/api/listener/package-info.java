/**
 * Observers of a run. They see events and change nothing.
 */
@NullMarked
package io.uad.api.listener;

import org.jspecify.annotations.NullMarked;
