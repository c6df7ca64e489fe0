/**
 * The commands {@code benchmark run, status, report}. Begin with {@link
 * org.openmargin.cli.benchmark.BenchmarkCommand}.
 */
package org.openmargin.cli.benchmark;
