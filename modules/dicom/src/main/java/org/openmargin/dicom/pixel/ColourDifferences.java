package org.openmargin.dicom.pixel;

/**
 * RGB of brightness and differences of colour (PS3.3, section C.7.6.3.1.2, solved for RGB): {@code
 * R = Y + 1.402 Cr; G = Y - 0.344136 Cb - 0.714136 Cr; B = Y + 1.772 Cb}, the differences around
 * 128, rounded half up and clamped to 0..255.
 */
final class ColourDifferences {
  private static final int SCALE = 587_000;
  private static final int RED = 1402 * 587;
  private static final int BLUE = 1772 * 587;
  private static final int GREEN_OF_BLUE = 114 * 1772;
  private static final int GREEN_OF_RED = 299 * 1402;

  private ColourDifferences() {}

  /** Replaces the values of a frame. */
  static void toRgb(short[] samples) {
    for (var i = 0; i < samples.length; i += 3) {
      var brightness = samples[i] * SCALE + SCALE / 2;
      var blue = samples[i + 1] - 128;
      var red = samples[i + 2] - 128;
      samples[i] = clamped(brightness + RED * red);
      samples[i + 1] = clamped(brightness - GREEN_OF_BLUE * blue - GREEN_OF_RED * red);
      samples[i + 2] = clamped(brightness + BLUE * blue);
    }
  }

  private static short clamped(int scaled) {
    return (short) Math.max(0, Math.min(255, Math.floorDiv(scaled, SCALE)));
  }
}
