/**
 * Acceptance thresholds with a stated guarantee. From unknown scores of known validation images and
 * a target rejection rate to a threshold. Begin with {@link
 * org.openmargin.scoring.calibration.ConformalCalibration}.
 */
package org.openmargin.scoring.calibration;
