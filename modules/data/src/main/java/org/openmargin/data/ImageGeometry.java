package org.openmargin.data;

import java.util.OptionalInt;

/**
 * How an image of any size becomes an image of the size a model takes: centre crop, then resize.
 *
 * <p>The serving graph does the same with TensorFlow operations; {@link #crop} and {@link Resize}
 * state the arithmetic.
 *
 * @param centreCropPx side of the centred square that is cut out, px
 * @param heightPx rows of the result
 * @param widthPx columns of the result
 */
public record ImageGeometry(OptionalInt centreCropPx, int heightPx, int widthPx) {

  /** Checks that all sizes are positive. */
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

  /**
   * Square images without a set crop: the largest centred square is resized.
   *
   * @param sizePx height and width of the result
   */
  public static ImageGeometry square(int sizePx) {
    return new ImageGeometry(OptionalInt.empty(), sizePx, sizePx);
  }

  /**
   * Whether an image has the target size already; then nothing is cropped nor resized, so that
   * preprocessing twice is the same as once.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @return true when nothing is to be done
   */
  public boolean accepts(int height, int width) {
    return height == heightPx && width == widthPx;
  }

  /**
   * The part of an image that is kept, before it is resized.
   *
   * <ul>
   *   <li>target size already: the whole image;
   *   <li>with a centre crop: a square of side {@code min(centreCropPx, height, width)};
   *   <li>without, square target: the largest square, side {@code min(height, width)};
   *   <li>without, other target: the whole image.
   * </ul>
   *
   * The offset is {@code (size - crop) / 2} per axis, integer division.
   *
   * @param height rows of the image
   * @param width columns of the image
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

  /**
   * The crop and resize for images of one size.
   *
   * @param height rows of the images
   * @param width columns of the images
   */
  public Resize resize(int height, int width) {
    return new Resize(width, crop(height, width), heightPx, widthPx);
  }

  /**
   * A rectangle inside an image, px.
   *
   * @param top first row
   * @param left first column
   * @param height rows
   * @param width columns
   */
  public record Window(int top, int left, int height, int width) {}
}
