/**
 * Another calibration for an exported model. From the numbers of a decision to the next version of
 * the model. Begin with {@link org.openmargin.exporter.calibration.CalibrationExporter}.
 */
package org.openmargin.exporter.calibration;
