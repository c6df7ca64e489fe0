package org.openmargin.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * {@code n} images of one size: uint8, row-major {@code [n, height, width, channels]}.
 *
 * <p>Where the bytes are is the matter of a {@link PixelStore}: on the heap, in a file, or made
 * whenever one asks. Immutable, safe for several threads; {@link #select} gives views.
 */
public final class Images {

  private final ImageShape shape;
  private final PixelStore pixels;
  private final int[] order;

  private Images(ImageShape shape, PixelStore pixels, int[] order) {
    this.shape = shape;
    this.pixels = pixels;
    this.order = order;
  }

  /**
   * Images that lie somewhere else, or are made when one asks for them.
   *
   * @param shape size of each
   * @param count how many
   * @param pixels gives image 0..count-1
   * @return the images; nothing is read yet
   */
  public static Images from(ImageShape shape, int count, PixelStore pixels) {
    return new Images(shape, pixels, IntStream.range(0, count).toArray());
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
   * Returns the size of each image.
   *
   * @return height, width, channels
   */
  public ImageShape shape() {
    return shape;
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
   * @throws DataException when the image lies in a file and cannot be read
   */
  public void copyTo(int index, byte[] target, int offset) {
    pixels.copyTo(order[index], target, offset);
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
    return new Images(shape, pixels, selected);
  }

  /** The images from {@code first} on, as a view. */
  public Images range(int first, int length) {
    return select(IntStream.range(first, first + length).toArray());
  }

  /**
   * These images cropped and resized. What already has the target size comes back as it is. Images
   * in memory are resized now, others whenever they are read.
   *
   * @param geometry crop and target size
   * @return images of the geometry's size
   */
  public Images preprocessed(ImageGeometry geometry) {
    if (geometry.accepts(height(), width())) {
      return this;
    }
    Resize resize = geometry.resize(height(), width());
    ImageShape small = new ImageShape(geometry.heightPx(), geometry.widthPx(), channels());
    Images resized =
        from(
            small,
            count(),
            (index, target, offset) -> {
              byte[] source = new byte[bytesPerImage()];
              copyTo(index, source, 0);
              System.arraycopy(resize.apply(source, channels()), 0, target, offset, small.bytes());
            });
    return pixels instanceof MemoryPixels ? resized.loaded() : resized;
  }

  /** These images in memory. */
  public Images loaded() {
    Builder builder = new Builder(shape);
    try {
      InOrder.copy(this, builder::add);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return builder.build();
  }

  @Override
  public String toString() {
    return count() + " images of " + shape;
  }

  /**
   * Reads {@code count} images into memory.
   *
   * @throws java.io.EOFException when the stream ends before
   */
  public static Images read(InputStream in, ImageShape shape, int count) throws IOException {
    return from(shape, count, MemoryPixels.read(in, shape, count));
  }

  /** Collects images one by one. */
  public static final class Builder {

    private final ImageShape shape;
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] chunk = new byte[0];
    private int used;
    private int count;

    Builder(ImageShape shape) {
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
      return from(shape, count, new MemoryPixels(shape, all));
    }
  }
}
