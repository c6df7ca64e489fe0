package org.openmargin.scoring.evaluation;

/**
 * The number of images behind an evaluation.
 *
 * @param validation known validation images; they set the threshold
 * @param knownTest test images of known classes
 * @param unknownTest test images of unknown classes
 */
public record ImageCounts(int validation, int knownTest, int unknownTest) {}
