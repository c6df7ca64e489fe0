/**
 * Evaluated runs beside each other: their figures, what differs in their experiments, and the
 * answers that a paired bootstrap compares. Begin with {@link
 * org.openmargin.report.comparison.ComparedRun}.
 */
package org.openmargin.report.comparison;
