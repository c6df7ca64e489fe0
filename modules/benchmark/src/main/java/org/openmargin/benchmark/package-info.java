/**
 * Benchmarks: methods, class splits and seeds, each combination trained and evaluated on its own.
 *
 * <p>Turns a plan into one small result file per trial, and those files alone into a table. Each
 * trial runs in its own JVM, several in parallel; a killed one resumes where it was.
 *
 * <p>Begin with {@link org.openmargin.benchmark.Benchmark}.
 */
package org.openmargin.benchmark;
