/**
 * The values of the pixels: a {@link org.openmargin.dicom.file.DicomFile} in, the values of one
 * frame as the file stores them out, colours as RGB. Compressed frames go through a {@link
 * org.openmargin.dicom.pixel.FrameDecoder}, of which a site can add its own. Start with {@link
 * org.openmargin.dicom.pixel.DicomImage}.
 */
package org.openmargin.dicom.pixel;
