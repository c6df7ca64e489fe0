/**
 * Lossless JPEG (ITU-T T.81, process 14): a file in, samples of up to 16 bits out. The JDK does not
 * read it. Start with {@link org.openmargin.dicom.jpeg.LosslessJpeg}.
 */
package org.openmargin.dicom.jpeg;
