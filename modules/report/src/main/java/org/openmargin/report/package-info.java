/**
 * Shows an evaluation to people: one HTML file with figures, tables and provenance that needs
 * nothing else and works offline. From an {@link org.openmargin.report.EvaluationPage} (an
 * evaluation, its test predictions, a few texts) to a file. Begin with {@link
 * org.openmargin.report.EvaluationHtml#render}, which lists the sections of the page.
 */
package org.openmargin.report;
