/**
 * Colours of a {@link org.openmargin.dicom.pixel.StoredFrame}, from a palette or as RGB, as levels
 * from 0 to 255. Start with {@link org.openmargin.dicom.colour.ColourLevels}.
 */
package org.openmargin.dicom.colour;
