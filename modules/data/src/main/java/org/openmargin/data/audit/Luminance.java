package org.openmargin.data.audit;

/** Grey values of pixels: ITU-R BT.601, as for training on one channel, but not rounded. */
final class Luminance {
  private Luminance() {}

  /**
   * @param pixels [height, width, channels] row-major
   * @param channels 1 or 3
   * @return [height, width], 0 to 255
   */
  static float[] of(byte[] pixels, int channels) {
    var grey = new float[pixels.length / channels];
    for (var i = 0; i < grey.length; i++) {
      grey[i] =
          channels == 1
              ? pixels[i] & 0xff
              : 0.299f * (pixels[3 * i] & 0xff)
                  + 0.587f * (pixels[3 * i + 1] & 0xff)
                  + 0.114f * (pixels[3 * i + 2] & 0xff);
    }
    return grey;
  }
}
