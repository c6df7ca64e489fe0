package org.openmargin.model;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.nn.ImageStatistics;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;

/**
 * Colour, outline and texture of an image by fixed formulas: what a stained cell looks like,
 * without a network. With u the pixels in [0, 1], o = -log((255 u + 1) / 256) their optical
 * density, and lengths in units of 1/28 of the image's shorter side:
 *
 * <ul>
 *   <li>per channel: mean, deviation and 5, 25, 50, 75, 95 % quantiles of u; its mean and deviation
 *       in the rings between radii {@link Rings#COLOUR} around the centre; its mean absolute
 *       difference between neighbours;
 *   <li>for each density threshold, the pixels whose mean o is above it: root of the share of the
 *       area, mean radius, length of the outline over the root of the area;
 *   <li>per channel: logarithm of the mean absolute difference of o at distances 1, 2, 4, ... px,
 *       everywhere and in the central square from 6 to 22;
 *   <li>mean and deviation in the rings {@link Rings#DENSITY} of the mean o and, for three
 *       channels, of the differences red - green, blue - green and highest - lowest.
 * </ul>
 *
 * <p>136 numbers for 28 px and three channels. Source: our own; optical density after Ruifrok and
 * Johnston, "Quantification of histochemical staining by color deconvolution", 2001.
 */
public record StainStatistics() implements ImageStatistics {
  static final int LEAST_SIDE_PX = 14;
  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};
  private static final double[] THRESHOLDS = {0.3, 0.5, 0.7, 0.9, 1.1, 1.4};
  private static final float LEAST_DIFFERENCE = 1e-3f;

  @Override
  public String name() {
    return "stain";
  }

  @Override
  public int size(InputFormat input) {
    var side = Math.min(input.height(), input.width());
    if (side < LEAST_SIDE_PX) {
      throw new IllegalArgumentException(
          "stain statistics need images of at least %d px; these have %d x %d"
              .formatted(LEAST_SIDE_PX, input.height(), input.width()));
    }
    var c = input.channels();
    var quantities = c == 3 ? 4 : 1;
    return c * (3 + QUANTILES.length + 2 * (Rings.COLOUR.length - 1))
        + 3 * THRESHOLDS.length
        + 2 * c * distances(side).size()
        + 2 * quantities * (Rings.DENSITY.length - 1);
  }

  private static List<Integer> distances(int side) {
    var distances = new ArrayList<Integer>();
    for (var d = 1; d <= Math.max(1, 4 * side / 28); d *= 2) {
      distances.add(d);
    }
    return distances;
  }

  @Override
  public Operand<TFloat32> of(Net net, Operand<TFloat32> pixels) {
    var tf = net.tf();
    var shape = pixels.shape();
    var map = new PixelMap(tf, (int) shape.get(1), (int) shape.get(2));
    var u = tf.math.div(pixels, tf.constant(255f));
    var lighter = tf.math.div(tf.math.add(pixels, tf.constant(1f)), tf.constant(256f));
    var o = tf.math.neg(tf.math.log(lighter));
    var found = new ArrayList<Operand<TFloat32>>(map.moments(u));
    found.addAll(quantiles(tf, map.rows(u)));
    found.addAll(Rings.moments(map, u, Rings.COLOUR));
    found.add(map.roughness(u, 1));
    var density = map.channelMean(o);
    for (var threshold : THRESHOLDS) {
      found.addAll(shape(map, density, threshold));
    }
    found.addAll(texture(map, o));
    found.addAll(texture(map.centre(), map.centre(o)));
    found.addAll(Rings.moments(map, densities(map, o, density), Rings.DENSITY));
    return tf.concat(found, tf.constant(1));
  }

  /**
   * @param rows [n, c, h w]
   */
  private static List<Operand<TFloat32>> quantiles(Ops tf, Operand<TFloat32> rows) {
    var count = (int) rows.shape().get(2);
    var falling = tf.nn.topK(rows, tf.constant(count), new TopK.Options[0]).values();
    var found = new ArrayList<Operand<TFloat32>>();
    for (var quantile : QUANTILES) {
      var index = count - 1 - (int) Math.round(quantile * (count - 1));
      var one = tf.slice(falling, tf.array(0, 0, index), tf.array(-1, -1, 1));
      found.add(tf.reshape(one, tf.array(-1, (int) rows.shape().get(1))));
    }
    return found;
  }

  /** Area, radius and outline of what is denser than the threshold: [n, 1] each. */
  private static List<Operand<TFloat32>> shape(
      PixelMap map, Operand<TFloat32> density, double threshold) {
    var tf = map.tf();
    var inside =
        tf.dtypes.cast(tf.math.greater(density, tf.constant((float) threshold)), TFloat32.class);
    var area = map.sum(inside);
    var least = tf.math.maximum(area, tf.constant(1f));
    return List.of(
        tf.math.sqrt(tf.math.div(area, tf.constant((float) map.pixels()))),
        tf.math.div(map.weighted(inside, Rings.radii(map)), least),
        tf.math.div(map.outline(inside), tf.math.sqrt(least)));
  }

  private static List<Operand<TFloat32>> texture(PixelMap map, Operand<TFloat32> o) {
    var tf = map.tf();
    var found = new ArrayList<Operand<TFloat32>>();
    for (var distance : distances(map.wholeSide())) {
      var rough = tf.math.add(map.roughness(o, distance), tf.constant(LEAST_DIFFERENCE));
      found.add(tf.math.log(rough));
    }
    return found;
  }

  /** The mean density and, for three channels, its differences: [n, h, w, 4 or 1]. */
  private static Operand<TFloat32> densities(
      PixelMap map, Operand<TFloat32> o, Operand<TFloat32> mean) {
    if (o.shape().get(3) != 3) {
      return mean;
    }
    var tf = map.tf();
    var green = map.channel(o, 1);
    return tf.concat(
        List.of(
            mean,
            tf.math.sub(map.channel(o, 0), green),
            tf.math.sub(map.channel(o, 2), green),
            map.channelRange(o)),
        tf.constant(3));
  }
}
