/**
 * Reads DICOM files (PS3.10) as far as their pixels need: bytes in, the allow-listed {@link
 * org.openmargin.dicom.file.Attribute}s and the place of the pixel data out. Nothing else of a
 * header is kept, whatever it says. Start with {@link org.openmargin.dicom.file.DicomFile}.
 */
package org.openmargin.dicom.file;
