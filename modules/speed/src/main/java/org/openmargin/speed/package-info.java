/**
 * How fast training, serving and metrics are, compared with bare TensorFlow and peers. Every build
 * compiles and tests it; the scripts in {@code tools/benchmarks} run it.
 *
 * <p>From noise images or a network with fresh weights to times and ratios. {@link
 * org.openmargin.speed.StepBenchmark} compares a training step with a bare graph, {@link
 * org.openmargin.speed.SideBySide} a served model with a bare session and Python, {@link
 * org.openmargin.speed.StreamingBenchmark} streamed images with resident ones.
 *
 * <p>Begin with {@code tools/benchmarks/README.md}.
 */
package org.openmargin.speed;
