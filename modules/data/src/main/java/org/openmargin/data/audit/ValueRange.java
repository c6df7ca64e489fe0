package org.openmargin.data.audit;

/**
 * Values of the pixels of a split.
 *
 * @param images how many
 * @param least smallest value of all channels, 0 to 255
 * @param greatest largest value
 * @param mean grey value
 * @param contrast mean standard deviation of an image's grey values
 */
public record ValueRange(int images, int least, int greatest, double mean, double contrast) {}
