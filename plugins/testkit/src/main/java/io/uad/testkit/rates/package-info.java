/** Networks that train on noise, and how fast an engine does that: for benchmarks and for tests of memory. */
@NullMarked
package io.uad.testkit.rates;

import org.jspecify.annotations.NullMarked;
