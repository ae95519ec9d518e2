/**
 * How fast the training step and the kernels are on this machine, to be run by hand.
 *
 * <p>{@code side-by-side} compares UAD with the Python original, piece by piece; to add a piece, write it in {@link
 * io.uad.benchmarks.Pieces} and in {@code peer.py}. {@code training-step} says what share of the library's own matrix product (sgemm) a training step reaches;
 * {@code jmh} runs the classes named {@code *Benchmark} that carry JMH's annotations. To add a kernel, write a method in
 * {@link io.uad.benchmarks.KernelBenchmark}.
 */
@NullMarked
package io.uad.benchmarks;

import org.jspecify.annotations.NullMarked;
