/**
 * DICOM files as images: the bytes of a file and the rule of a model in, a PNG file of 8 bits per
 * sample out, which training and serving decode alike. Start with {@link
 * org.openmargin.dicom.DicomConverter}.
 */
package org.openmargin.dicom;
