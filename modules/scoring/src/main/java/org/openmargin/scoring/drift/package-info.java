/**
 * Whether later images are like those of a calibration. From the stored histogram of scores and the
 * answers to new images to p-values. Begin with {@link org.openmargin.scoring.drift.Drift}.
 */
package org.openmargin.scoring.drift;
