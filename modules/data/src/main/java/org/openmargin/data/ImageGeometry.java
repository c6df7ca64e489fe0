package org.openmargin.data;

import java.util.OptionalInt;

/**
 * How an image of any size is brought to a model's input size: centre crop, then resize.
 *
 * <p>The serving graph does the same with TensorFlow operations; {@link #crop} and {@link Resize}
 * define the arithmetic.
 *
 * @param centreCropPx side of the centred square that is cut out, px
 * @param heightPx rows of the result
 * @param widthPx columns of the result
 */
public record ImageGeometry(OptionalInt centreCropPx, int heightPx, int widthPx) {

  public ImageGeometry {
    if (heightPx < 1 || widthPx < 1 || centreCropPx.orElse(1) < 1) {
      throw new DataException(
          "image geometry %dx%d px, centre crop %s: every size must be at least 1 px"
              .formatted(
                  heightPx,
                  widthPx,
                  centreCropPx.isPresent() ? centreCropPx.getAsInt() + " px" : "none"));
    }
  }

  /** Square results without a fixed crop: the largest centred square is resized. */
  public static ImageGeometry square(int sizePx) {
    return new ImageGeometry(OptionalInt.empty(), sizePx, sizePx);
  }

  /**
   * Whether an image of this size, px, already has the target size. It is then neither cropped nor
   * resized, so preprocessing twice is the same as once.
   */
  public boolean accepts(int height, int width) {
    return height == heightPx && width == widthPx;
  }

  /**
   * The part of an image of this size, px, that is kept and then resized.
   *
   * <ul>
   *   <li>already the target size: the whole image;
   *   <li>with a centre crop: a square of side {@code min(centreCropPx, height, width)};
   *   <li>without, square target: the largest square, side {@code min(height, width)};
   *   <li>without, other target: the whole image.
   * </ul>
   *
   * The offset is {@code (size - crop) / 2} per axis, integer division.
   */
  public Window crop(int height, int width) {
    boolean whole = centreCropPx.isEmpty() && heightPx != widthPx;
    if (accepts(height, width) || whole) {
      return new Window(0, 0, height, width);
    }
    int shorter = Math.min(height, width);
    int side = Math.min(centreCropPx.orElse(shorter), shorter);
    return new Window((height - side) / 2, (width - side) / 2, side, side);
  }

  /** Crops and resizes images of this size, px. */
  public Resize resize(int height, int width) {
    return new Resize(width, crop(height, width), heightPx, widthPx);
  }

  /** A rectangle inside an image, px. */
  public record Window(int top, int left, int height, int width) {}
}
