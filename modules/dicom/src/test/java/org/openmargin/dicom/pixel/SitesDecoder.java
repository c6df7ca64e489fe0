package org.openmargin.dicom.pixel;

/** A site's decoder: inverted bytes; it fails for a frame that begins with a zero. */
public final class SitesDecoder implements FrameDecoder {
  static final String SYNTAX = "1.2.826.0.1.3680043.10.543.99";

  @Override
  public boolean decodes(String transferSyntax) {
    return transferSyntax.equals(SYNTAX);
  }

  @Override
  public short[] decode(byte[] frame, PixelLayout layout) {
    if (frame[0] == 0) {
      throw new IllegalStateException("secret text of the file");
    }
    var samples = new short[frame.length];
    for (var i = 0; i < frame.length; i++) {
      samples[i] = (short) (~frame[i] & 0xff);
    }
    return samples;
  }
}
