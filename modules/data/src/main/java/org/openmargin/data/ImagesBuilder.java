package org.openmargin.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects images of one size in memory, one by one. */
public final class ImagesBuilder {

  private final ImageShape shape;
  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] chunk = new byte[0];
  private int used;
  private int count;

  public ImagesBuilder(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * Copies one image.
   *
   * @param pixels contain the image, {@code [height, width, channels]} row-major
   * @param offset of its first byte
   */
  public ImagesBuilder add(byte[] pixels, int offset) {
    var bytes = shape.bytes();
    if (used == shape.perChunk()) {
      chunks.add(chunk);
      chunk = new byte[0];
      used = 0;
    }
    if (chunk.length < (used + 1) * bytes) {
      var images = Math.min(shape.perChunk(), Math.max(1, used * 2));
      chunk = Arrays.copyOf(chunk, images * bytes);
    }
    System.arraycopy(pixels, offset, chunk, used * bytes, bytes);
    used++;
    count++;
    return this;
  }

  /** The images added so far; more can be added afterwards. */
  public Images build() {
    var all = new ArrayList<>(chunks);
    all.add(Arrays.copyOf(chunk, used * shape.bytes()));
    return Images.from(shape, count, new MemoryPixels(shape, all));
  }
}
