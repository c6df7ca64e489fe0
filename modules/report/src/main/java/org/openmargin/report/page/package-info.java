/**
 * Pages of tables and line charts: from texts and points to one HTML file in the style of the
 * evaluation's report. Charts can be saved as SVG and CSV from the page itself.
 *
 * <p>Begin with {@link org.openmargin.report.page.Page}.
 */
package org.openmargin.report.page;
