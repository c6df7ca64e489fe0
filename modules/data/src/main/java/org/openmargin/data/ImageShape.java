package org.openmargin.data;

/**
 * The size of one image.
 *
 * @param height rows, px
 * @param width columns, px
 * @param channels values per pixel: 1 (grey) or 3 (RGB)
 */
public record ImageShape(int height, int width, int channels) {

  private static final int CHUNK_BYTES = 1 << 26;

  /**
   * @throws DataException if a size is not positive, channels are neither 1 nor 3, or one image
   *     exceeds 2<sup>31</sup> bytes
   */
  public ImageShape {
    long bytes = (long) height * width * channels;
    boolean usable = height > 0 && width > 0 && (channels == 1 || channels == 3);
    if (!usable || bytes > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "image size %dx%dx%d: height and width must be at least 1 px, channels 1 or 3, and one image below 2^31 bytes"
              .formatted(height, width, channels));
    }
  }

  public int bytes() {
    return height * width * channels;
  }

  /** The number of images in a chunk of up to 64 MiB. */
  int perChunk() {
    return Math.max(1, CHUNK_BYTES / bytes());
  }

  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
