/**
 * Benchmarks: methods, class splits and seeds, each combination trained and evaluated on its own.
 *
 * <p>From a plan to one small result file per trial, and from those files alone to a table. Trials
 * run in JVMs of their own, several in parallel; a killed one resumes where it was.
 *
 * <p>Begin with {@link org.openmargin.benchmark.Benchmark}.
 */
package org.openmargin.benchmark;
