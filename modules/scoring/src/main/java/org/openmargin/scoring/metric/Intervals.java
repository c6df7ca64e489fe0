package org.openmargin.scoring.metric;

/**
 * Confidence intervals of one scorer's main metrics.
 *
 * @param bootstrap what they rest on
 * @param acc of {@link Accuracy}; the same for every scorer of the same images
 * @param auroc of {@link Auroc}
 * @param oscr of {@link Oscr}, exact
 */
public record Intervals(Bootstrap bootstrap, Interval acc, Interval auroc, Interval oscr) {}
