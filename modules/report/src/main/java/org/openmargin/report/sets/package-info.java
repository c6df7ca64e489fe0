/**
 * The sets of images of an evaluation as tables: known, shifted known, near unknown, far unknown.
 * From evaluation.json to lines and rows. Begin with {@link org.openmargin.report.sets.SetTable}.
 */
package org.openmargin.report.sets;
