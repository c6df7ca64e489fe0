package org.openmargin.data;

/** Looks into images for tests. */
final class Pixels {

  private Pixels() {}

  static byte[] of(Images images, int index) {
    byte[] pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    return pixels;
  }

  static int[] unsigned(Images images, int index) {
    byte[] pixels = of(images, index);
    int[] values = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      values[i] = pixels[i] & 0xff;
    }
    return values;
  }
}
