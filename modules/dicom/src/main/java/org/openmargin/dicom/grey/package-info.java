/**
 * Values to levels: a {@link org.openmargin.dicom.pixel.StoredFrame} and the rule that a model
 * carries in, levels from 0 to 255 out. Start with {@link org.openmargin.dicom.grey.GreyLevels}.
 */
package org.openmargin.dicom.grey;
