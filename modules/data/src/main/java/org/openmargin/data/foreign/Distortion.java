package org.openmargin.data.foreign;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.SplitMix;

/** A kind of image made from known test images, at their size. */
public enum Distortion {
  /** Colours c become 255 - c. */
  INVERTED("inverted", Distortion::inverted),
  /** Red becomes green, green blue, blue red. */
  CHANNELS_SWAPPED("channels swapped", Distortion::channelsSwapped),
  /** Shrunk to 4 x 4 px and enlarged again: a few blots are left. */
  BLURRED("blurred", Distortion::blurred),
  /** The same pixels in random places. */
  PIXELS_SHUFFLED("pixels shuffled", Distortion::pixelsShuffled);

  /** An image that changed less than this, mean over its values of 255, is not foreign. */
  private static final double LEAST_CHANGE = 4;

  private static final int BLOTS = 4;

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Change change;

  private interface Change {
    byte[] apply(byte[] image, ImageShape shape, SplitMix random);
  }

  Distortion(String title, Change change) {
    this.title = title;
    this.change = change;
  }

  public String title() {
    return title;
  }

  /**
   * The distorted images, distorted when they are read. Without those that stay nearly the same,
   * such as a grey image with swapped channels.
   */
  public Images of(Images originals) {
    var distorted =
        Images.from(
            originals.shape(),
            originals.count(),
            (index, target, offset) -> {
              var pixels = apply(read(originals, index), originals.shape(), index);
              System.arraycopy(pixels, 0, target, offset, pixels.length);
            });
    return distorted.select(
        IntStream.range(0, originals.count())
            .filter(i -> change(read(originals, i), read(distorted, i)) >= LEAST_CHANGE)
            .toArray());
  }

  private byte[] apply(byte[] image, ImageShape shape, int index) {
    return change.apply(image, shape, SplitMix.of(title.hashCode(), index));
  }

  private static byte[] read(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    return pixels;
  }

  private static double change(byte[] a, byte[] b) {
    return IntStream.range(0, a.length)
        .map(i -> Math.abs((a[i] & 0xff) - (b[i] & 0xff)))
        .average()
        .orElseThrow();
  }

  private static byte[] inverted(byte[] image, ImageShape shape, SplitMix random) {
    var result = new byte[image.length];
    for (var i = 0; i < image.length; i++) {
      result[i] = (byte) ~image[i];
    }
    return result;
  }

  private static byte[] blurred(byte[] image, ImageShape shape, SplitMix random) {
    var small = new ImageGeometry(OptionalInt.empty(), BLOTS, BLOTS);
    var large = new ImageGeometry(OptionalInt.empty(), shape.height(), shape.width());
    var blots = small.resize(shape.height(), shape.width()).apply(image, shape.channels());
    return large.resize(BLOTS, BLOTS).apply(blots, shape.channels());
  }

  private static byte[] channelsSwapped(byte[] image, ImageShape shape, SplitMix random) {
    var channels = shape.channels();
    var result = new byte[image.length];
    for (var i = 0; i < image.length; i++) {
      result[i - i % channels + (i + 1) % channels] = image[i];
    }
    return result;
  }

  private static byte[] pixelsShuffled(byte[] image, ImageShape shape, SplitMix random) {
    var channels = shape.channels();
    var result = image.clone();
    for (var left = image.length / channels; left > 1; left--) {
      var other = random.nextInt(left) * channels;
      var last = (left - 1) * channels;
      for (var c = 0; c < channels; c++) {
        var kept = result[last + c];
        result[last + c] = result[other + c];
        result[other + c] = kept;
      }
    }
    return result;
  }
}
