package org.openmargin.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * {@code n} images of one size: uint8, row-major {@code [n, height, width, channels]}.
 *
 * <p>The bytes lie in chunks, so that a set may be larger than 2<sup>31</sup> bytes. Immutable;
 * {@link #select} gives views that share the chunks.
 */
public final class Images {

  private final ImageShape shape;
  private final List<byte[]> chunks;
  private final int[] order;

  private Images(ImageShape shape, List<byte[]> chunks, int[] order) {
    this.shape = shape;
    this.chunks = chunks;
    this.order = order;
  }

  /**
   * Images over an array; the array is copied.
   *
   * @param height rows, px
   * @param width columns, px
   * @param channels 1 (grey) or 3 (RGB)
   * @param pixels {@code n * height * width * channels} bytes, row-major
   * @return the {@code n} images
   * @throws DataException when the number of bytes is not a multiple of an image's
   */
  public static Images of(int height, int width, int channels, byte[] pixels) {
    Builder builder = builder(height, width, channels);
    int bytes = builder.shape.bytes();
    if (pixels.length % bytes != 0) {
      throw new DataException(
          "%d bytes are no whole number of %s images (%d bytes each)"
              .formatted(pixels.length, builder.shape, bytes));
    }
    for (int i = 0; i < pixels.length / bytes; i++) {
      builder.add(pixels, i * bytes);
    }
    return builder.build();
  }

  /**
   * An empty builder for images of one size.
   *
   * @param height rows, px
   * @param width columns, px
   * @param channels 1 (grey) or 3 (RGB)
   * @return the builder
   * @throws DataException when a size is not positive, or one image passes 2<sup>31</sup> bytes
   */
  public static Builder builder(int height, int width, int channels) {
    return new Builder(new ImageShape(height, width, channels));
  }

  /**
   * Returns the number of images.
   *
   * @return n
   */
  public int count() {
    return order.length;
  }

  /**
   * Returns the rows of an image.
   *
   * @return height, px
   */
  public int height() {
    return shape.height();
  }

  /**
   * Returns the columns of an image.
   *
   * @return width, px
   */
  public int width() {
    return shape.width();
  }

  /**
   * Returns the values per pixel.
   *
   * @return 1 (grey) or 3 (RGB)
   */
  public int channels() {
    return shape.channels();
  }

  /**
   * Returns the size of one image.
   *
   * @return height * width * channels
   */
  public int bytesPerImage() {
    return shape.bytes();
  }

  /**
   * Copies one image, {@code [height, width, channels]} row-major.
   *
   * @param index which image, 0..count-1
   * @param target where to
   * @param offset first byte in {@code target}
   */
  public void copyTo(int index, byte[] target, int offset) {
    int at = order[index];
    int perChunk = shape.perChunk();
    int bytes = shape.bytes();
    System.arraycopy(chunks.get(at / perChunk), at % perChunk * bytes, target, offset, bytes);
  }

  /**
   * Images in another order, or fewer of them, or some more than once: a view, no pixel is copied.
   *
   * @param indices which images, 0..count-1 each
   * @return the selected images, in that order
   */
  public Images select(int[] indices) {
    int[] selected = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      selected[i] = order[Objects.checkIndex(indices[i], order.length)];
    }
    return new Images(shape, chunks, selected);
  }

  /**
   * These images cropped and resized. What already has the target size comes back as it is.
   *
   * @param geometry crop and target size
   * @return images of the geometry's size
   */
  public Images preprocessed(ImageGeometry geometry) {
    if (geometry.accepts(height(), width())) {
      return this;
    }
    Resize resize = geometry.resize(height(), width());
    Builder resized = builder(geometry.heightPx(), geometry.widthPx(), channels());
    byte[] source = new byte[bytesPerImage()];
    for (int i = 0; i < count(); i++) {
      copyTo(i, source, 0);
      resized.add(resize.apply(source, channels()), 0);
    }
    return resized.build();
  }

  @Override
  public String toString() {
    return count() + " images of " + shape;
  }

  /**
   * Reads {@code count} images straight into chunks.
   *
   * @throws EOFException when the stream ends before
   */
  static Images read(InputStream in, ImageShape shape, int count) throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    int images;
    for (int first = 0; first < count; first += images) {
      images = Math.min(shape.perChunk(), count - first);
      int bytes = images * shape.bytes();
      byte[] chunk = new byte[bytes];
      int read = in.readNBytes(chunk, 0, bytes);
      if (read < bytes) {
        throw new EOFException(
            "the data end inside image %d of %d".formatted(first + read / shape.bytes(), count));
      }
      chunks.add(chunk);
    }
    return new Images(shape, List.copyOf(chunks), identity(count));
  }

  private static int[] identity(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  /** Collects images one by one. */
  public static final class Builder {

    private final ImageShape shape;
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] chunk = new byte[0];
    private int used;
    private int count;

    private Builder(ImageShape shape) {
      this.shape = shape;
    }

    /**
     * Adds a copy of one image.
     *
     * @param pixels holds the image, {@code [height, width, channels]} row-major
     * @param offset its first byte
     * @return this builder
     */
    public Builder add(byte[] pixels, int offset) {
      int bytes = shape.bytes();
      if (used == shape.perChunk()) {
        chunks.add(chunk);
        chunk = new byte[0];
        used = 0;
      }
      if (chunk.length < (used + 1) * bytes) {
        int images = Math.min(shape.perChunk(), Math.max(1, used * 2));
        chunk = Arrays.copyOf(chunk, images * bytes);
      }
      System.arraycopy(pixels, offset, chunk, used * bytes, bytes);
      used++;
      count++;
      return this;
    }

    /**
     * The images added so far. The builder can go on afterwards.
     *
     * @return the images
     */
    public Images build() {
      List<byte[]> all = new ArrayList<>(chunks);
      all.add(Arrays.copyOf(chunk, used * shape.bytes()));
      return new Images(shape, List.copyOf(all), identity(count));
    }
  }
}
