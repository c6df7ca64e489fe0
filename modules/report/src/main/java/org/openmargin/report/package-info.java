/**
 * Shows evaluated runs to people, from the files of their folders alone. From {@code
 * evaluation.json}, {@code predictions.csv}, {@code metrics.jsonl} and {@code provenance.json} to
 * one self-contained HTML file or to text. Begin with {@link org.openmargin.report.EvaluatedRun},
 * then {@link org.openmargin.report.EvaluationHtml}; the page itself is in {@code src/main/jte}.
 */
package org.openmargin.report;
