/**
 * Shows an evaluation to people: a text for the terminal, and one HTML file with figures, tables
 * and provenance that needs nothing else and works offline. From the files of a run ({@link
 * org.openmargin.report.EvaluatedRun}) to a page. Begin with {@code src/main/jte/report.jte}, which
 * lists the sections of the page, and {@link org.openmargin.report.EvaluationHtml#write}.
 */
package org.openmargin.report;
