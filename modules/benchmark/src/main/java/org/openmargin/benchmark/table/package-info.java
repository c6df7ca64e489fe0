/**
 * Tables of benchmarks: figures by method, class split and seed to means, intervals and paired
 * tests, as text, Markdown, CSV or JSON.
 *
 * <p>Begin with {@link org.openmargin.benchmark.table.BenchmarkTable}.
 */
package org.openmargin.benchmark.table;
