package org.openmargin.scoring.evaluation;

/**
 * The number of images behind an evaluation.
 *
 * @param validation known validation images; they set the threshold
 */
public record ImageCounts(int validation, int knownTest, int unknownTest) {}
