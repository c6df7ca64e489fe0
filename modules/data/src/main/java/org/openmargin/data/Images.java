package org.openmargin.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * {@code n} images of one size: uint8, row-major {@code [n, height, width, channels]}.
 *
 * <p>A {@link PixelStore} decides where the bytes are: on the heap, in a file, or nowhere until
 * they are read. Immutable, safe for several threads; {@link #select} gives views.
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
   * Images stored elsewhere or made on demand; nothing is read yet.
   *
   * @param pixels provides images 0..count-1
   */
  public static Images from(ImageShape shape, int count, PixelStore pixels) {
    return new Images(shape, pixels, IntStream.range(0, count).toArray());
  }

  /**
   * Copies images from an array.
   *
   * @param pixels {@code n * height * width * channels} bytes, row-major
   * @throws DataException if that is not a whole number of images
   */
  public static Images of(int height, int width, int channels, byte[] pixels) {
    var shape = new ImageShape(height, width, channels);
    var bytes = shape.bytes();
    if (pixels.length % bytes != 0) {
      throw new DataException(
          "%d bytes are not a whole number of %s images (%d bytes each)"
              .formatted(pixels.length, shape, bytes));
    }
    var builder = new ImagesBuilder(shape);
    for (var i = 0; i < pixels.length / bytes; i++) {
      builder.add(pixels, i * bytes);
    }
    return builder.build();
  }

  /**
   * Reads {@code count} images into memory.
   *
   * @throws java.io.EOFException if the stream ends too early
   */
  public static Images read(InputStream in, ImageShape shape, int count) throws IOException {
    return from(shape, count, MemoryPixels.read(in, shape, count));
  }

  public ImageShape shape() {
    return shape;
  }

  /** The number of images, n. */
  public int count() {
    return order.length;
  }

  public int height() {
    return shape.height();
  }

  public int width() {
    return shape.width();
  }

  public int channels() {
    return shape.channels();
  }

  public int bytesPerImage() {
    return shape.bytes();
  }

  /**
   * Copies one image, {@code [height, width, channels]} row-major.
   *
   * @param index 0..count-1
   * @param offset first byte in {@code target}
   * @throws DataException if the image is in a file and cannot be read
   */
  public void copyTo(int index, byte[] target, int offset) {
    pixels.copyTo(order[index], target, offset);
  }

  /** Images in another order, some left out or repeated: a view, no pixels are copied. */
  public Images select(int[] indices) {
    var selected = new int[indices.length];
    for (var i = 0; i < indices.length; i++) {
      selected[i] = order[Objects.checkIndex(indices[i], order.length)];
    }
    return new Images(shape, pixels, selected);
  }

  /** {@code length} images from {@code first} on, as a view. */
  public Images range(int first, int length) {
    return select(IntStream.range(first, first + length).toArray());
  }

  /**
   * These images cropped and resized, or these images if they already have the target size. Images
   * in memory are resized now, others whenever they are read.
   */
  public Images preprocessed(ImageGeometry geometry) {
    if (geometry.accepts(height(), width())) {
      return this;
    }
    var resize = geometry.resize(height(), width());
    var small = new ImageShape(geometry.heightPx(), geometry.widthPx(), channels());
    PixelStore resizing =
        (index, target, offset) -> {
          var source = new byte[bytesPerImage()];
          copyTo(index, source, 0);
          System.arraycopy(resize.apply(source, channels()), 0, target, offset, small.bytes());
        };
    var resized = from(small, count(), resizing);
    return pixels instanceof MemoryPixels ? resized.loaded() : resized;
  }

  /** A copy in memory. */
  public Images loaded() {
    var builder = new ImagesBuilder(shape);
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
}
