package org.openmargin.dicom.pixel;

/**
 * Decodes frames of one or more transfer syntaxes. A site adds its own, for example for JPEG 2000
 * by another library, as a provider of this service: its class is named in {@code
 * META-INF/services/org.openmargin.dicom.pixel.FrameDecoder}. It must then be on the class path
 * wherever files are read: in training and in prediction.
 */
public interface FrameDecoder {

  /**
   * @param transferSyntax its UID
   */
  boolean decodes(String transferSyntax);

  /**
   * Decodes one frame.
   *
   * @param frame its fragments, joined
   * @param layout what the header says; the frame must agree
   * @return samples as stored, {@code [rows, columns, samples]} row-major, without a change of
   *     colours: {@link PixelLayout#samples} values, the low bits of each
   * @throws org.openmargin.files.image.ImageFileException in one line, if the frame is damaged
   */
  short[] decode(byte[] frame, PixelLayout layout);
}
