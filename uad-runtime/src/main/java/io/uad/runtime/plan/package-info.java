/**
 * What a run will take, before it takes it: sizes in memory and on the disk, seconds, and the refusal of runs that cannot
 * fit.
 */
@NullMarked
package io.uad.runtime.plan;

import org.jspecify.annotations.NullMarked;
