package org.openmargin.model.foreign;

import java.util.List;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * How a foreign network wants its pixels: {@code (value / divisor - mean) / deviation} per channel.
 *
 * @param divisor 1 for values from 0 to 255, 255 for values from 0 to 1
 * @param mean one for each channel or one for all; empty: 0
 * @param deviation as many
 * @param order of the channels
 * @param layout of the tensor
 */
public record PixelConvention(
    double divisor, List<Double> mean, List<Double> deviation, Order order, Layout layout) {

  /** Values from 0 to 255. */
  public static final PixelConvention RAW = new PixelConvention(1, List.of(), List.of());

  /** Values from 0 to 1. */
  public static final PixelConvention ZERO_TO_ONE = new PixelConvention(255, List.of(), List.of());

  /** Values from -1 to 1. */
  public static final PixelConvention MINUS_ONE_TO_ONE =
      new PixelConvention(255, List.of(0.5), List.of(0.5));

  /** Order of the channels; our images are RGB. */
  public enum Order {
    RGB,
    BGR
  }

  /** Where the channels are. */
  public enum Layout {
    CHANNELS_LAST,
    CHANNELS_FIRST
  }

  /**
   * @throws IllegalArgumentException if there are not as many means as deviations
   */
  public PixelConvention {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "there are %d means and %d deviations".formatted(mean.size(), deviation.size()));
    }
  }

  /** RGB, channels last. */
  public PixelConvention(double divisor, List<Double> mean, List<Double> deviation) {
    this(divisor, mean, deviation, Order.RGB, Layout.CHANNELS_LAST);
  }

  /** A copy in another order and layout. */
  public PixelConvention with(Order otherOrder, Layout otherLayout) {
    return new PixelConvention(divisor, mean, deviation, otherOrder, otherLayout);
  }

  /** Whether values stay as they are. */
  boolean isRaw() {
    return divisor == 1 && mean.isEmpty();
  }

  /**
   * @throws IllegalArgumentException if there are means for another number of channels
   */
  void requireFit(int channels) {
    if (mean.size() > 1 && mean.size() != channels) {
      throw new IllegalArgumentException(
          "mean_and_deviation has %d means for %d channels".formatted(mean.size(), channels));
    }
  }

  /**
   * @param pixels [batch, height, width, channels], 0 to 255, RGB
   * @return normalised, in this order of channels, channels last
   */
  Operand<TFloat32> normalized(Net net, Operand<TFloat32> pixels) {
    var tf = net.tf();
    var ordered = order == Order.BGR ? tf.reverse(pixels, tf.array(3)) : pixels;
    if (isRaw()) {
      return ordered;
    }
    var scaled = tf.math.mul(ordered, tf.constant((float) (1 / divisor)));
    return mean.isEmpty()
        ? scaled
        : tf.math.div(
            tf.math.sub(scaled, tf.constant(floats(mean))), tf.constant(floats(deviation)));
  }

  private static float[] floats(List<Double> values) {
    var floats = new float[values.size()];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }
}
