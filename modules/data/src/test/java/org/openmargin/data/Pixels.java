package org.openmargin.data;

/** Reads pixels of images for tests. */
public final class Pixels {

  private Pixels() {}

  public static byte[] of(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    return pixels;
  }

  public static int[] unsigned(Images images, int index) {
    var pixels = of(images, index);
    var values = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      values[i] = pixels[i] & 0xff;
    }
    return values;
  }
}
