/**
 * The commands {@code benchmark run, status, collect, report, tables}. Begin with {@link
 * org.openmargin.cli.benchmark.BenchmarkCommand}.
 */
package org.openmargin.cli.benchmark;
