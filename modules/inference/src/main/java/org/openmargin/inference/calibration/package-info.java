/**
 * Calibration of an exported model for another site, and whether later images are like those of its
 * calibration. From folders of images to the next version of the model, or to a report of drift.
 * Begin with {@link org.openmargin.inference.calibration.ModelCalibration}.
 */
package org.openmargin.inference.calibration;
