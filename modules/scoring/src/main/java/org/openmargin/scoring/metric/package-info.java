/**
 * Exact, tie-safe metrics, one per file. From {@link org.openmargin.scoring.UnknownScores} to a
 * number or a curve. Begin with {@link org.openmargin.scoring.metric.Sweep}, which all of them
 * walk.
 */
package org.openmargin.scoring.metric;
