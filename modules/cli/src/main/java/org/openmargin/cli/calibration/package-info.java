/**
 * {@code openmargin calibrate} and {@code drift}. Begin with {@link
 * org.openmargin.cli.calibration.CalibrateCommand}.
 */
package org.openmargin.cli.calibration;
