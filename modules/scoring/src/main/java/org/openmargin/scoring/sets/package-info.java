/**
 * Sets of images by their distance from the training images: known, shifted known, near unknown and
 * far unknown. From the answers of a decision to one row of figures for each set. Begin with {@link
 * org.openmargin.scoring.sets.SetFigures}.
 */
package org.openmargin.scoring.sets;
