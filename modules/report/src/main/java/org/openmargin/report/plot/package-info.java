/**
 * Curves, histograms and numbers for people. From values to pixels and short texts; colours come
 * from the page. Begin with {@link org.openmargin.report.plot.Plot}.
 */
package org.openmargin.report.plot;
