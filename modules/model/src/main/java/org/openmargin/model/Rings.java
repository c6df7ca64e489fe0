package org.openmargin.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Rings around the centre of an image; radii in 1/28 of its shorter side. */
final class Rings {
  static final double[] COLOUR = {0, 3, 6, 9, 12, 15, 21};
  static final double[] DENSITY = {0, 3, 6, 9, 12, 21};

  private Rings() {}

  /** Distance of each pixel from the centre: [h w]. */
  static float[] radii(PixelMap map) {
    var radii = new float[map.pixels()];
    var unit = map.wholeSide() / PixelMap.PARTS;
    for (var i = 0; i < radii.length; i++) {
      var row = i / map.width();
      var column = i % map.width();
      var y = row - (map.height() - 1) / 2.0;
      var x = column - (map.width() - 1) / 2.0;
      radii[i] = (float) (Math.hypot(x, y) / unit);
    }
    return radii;
  }

  /**
   * Mean and deviation of each channel in each ring, from one edge (inclusive) to the next.
   *
   * @param x [n, h, w, c]
   * @return [n, c rings] each
   */
  static List<Operand<TFloat32>> moments(PixelMap map, Operand<TFloat32> x, double[] edges) {
    var tf = map.tf();
    var rings = edges.length - 1;
    var channels = (int) x.shape().get(3);
    var flat = tf.reshape(map.rows(x), tf.array(-1, map.pixels()));
    // Around the mean of the image, so that the difference of squares keeps its digits.
    var centre = tf.expandDims(tf.math.mean(flat, tf.array(1)), tf.constant(1));
    var centred = tf.math.sub(flat, centre);
    var weights = weights(map, edges);
    var mean = map.product(centred, weights);
    var squares = map.product(tf.math.square(centred), weights);
    var variance = tf.math.maximum(tf.math.sub(squares, tf.math.square(mean)), tf.constant(0f));
    var size = tf.array(-1, channels * rings);
    return List.of(
        tf.reshape(tf.math.add(mean, centre), size), tf.reshape(tf.math.sqrt(variance), size));
  }

  /** [rings, h w], each row with sum 1. */
  private static float[][] weights(PixelMap map, double[] edges) {
    var radii = radii(map);
    var weights = new float[edges.length - 1][radii.length];
    for (var ring = 0; ring < weights.length; ring++) {
      var count = 0;
      for (var radius : radii) {
        count += radius >= edges[ring] && radius < edges[ring + 1] ? 1 : 0;
      }
      for (var i = 0; i < radii.length; i++) {
        var inside = radii[i] >= edges[ring] && radii[i] < edges[ring + 1];
        weights[ring][i] = inside ? 1f / count : 0;
      }
    }
    return weights;
  }
}
