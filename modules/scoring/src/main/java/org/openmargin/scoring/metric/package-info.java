/**
 * Exact, tie-safe metrics, one per file. From {@link org.openmargin.scoring.UnknownScores} to a
 * number or a curve. Begin with {@link org.openmargin.scoring.metric.Metric}, the table of all
 * metrics, and {@link org.openmargin.scoring.metric.Sweep}, which each metric walks.
 *
 * <p>To add a metric: its formula in a file here, a line in {@code Metric}, and a field of the same
 * name in {@code EvaluationReport.ScorerResult}.
 */
package org.openmargin.scoring.metric;
