package org.openmargin.data;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Sizes of images as they are stored, before they are cropped and resized.
 *
 * @param sizes of a sample of the images, at least one
 */
public record ImageSizes(List<Size> sizes) {

  /** Width and height of one image, px. */
  public record Size(int width, int height) {
    public int shorterSide() {
      return Math.min(width, height);
    }
  }

  /** The smallest, the middle (the lower of two) and the largest of some numbers. */
  public record Range(int least, int median, int greatest) {}

  public ImageSizes {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one size");
    }
  }

  public Range width() {
    return range(Size::width);
  }

  public Range height() {
    return range(Size::height);
  }

  public Range shorterSide() {
    return range(Size::shorterSide);
  }

  /** How many have a shorter side below this. */
  public long smallerThan(int px) {
    return sizes.stream().filter(size -> size.shorterSide() < px).count();
  }

  private Range range(ToIntFunction<Size> side) {
    var sorted = sizes.stream().mapToInt(side).sorted().toArray();
    return new Range(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
  }
}
