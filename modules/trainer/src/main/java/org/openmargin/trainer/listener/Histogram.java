package org.openmargin.trainer.listener;

import java.util.ArrayList;
import java.util.List;

/**
 * How often values lie where.
 *
 * @param buckets from left to right, without gaps
 */
record Histogram(List<Bucket> buckets) {
  /** As many as TensorBoard's own. */
  static final int BUCKETS = 30;

  Histogram {
    buckets = List.copyOf(buckets);
  }

  /**
   * @param left included
   * @param right not included, except in the last bucket
   */
  record Bucket(double left, double right, long count) {}

  /**
   * Buckets of one width from the least to the greatest value; one bucket of width 1 around equal
   * values, none without values.
   *
   * @param values finite
   */
  static Histogram of(float[] values) {
    if (values.length == 0) {
      return new Histogram(List.of());
    }
    var least = Double.POSITIVE_INFINITY;
    var greatest = Double.NEGATIVE_INFINITY;
    for (var value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least == greatest) {
      return new Histogram(List.of(new Bucket(least - 0.5, least + 0.5, values.length)));
    }
    var width = (greatest - least) / BUCKETS;
    var counts = new long[BUCKETS];
    for (var value : values) {
      counts[Math.min(BUCKETS - 1, (int) ((value - least) / width))]++;
    }
    var buckets = new ArrayList<Bucket>();
    for (var i = 0; i < BUCKETS; i++) {
      var right = i == BUCKETS - 1 ? greatest : least + (i + 1) * width;
      buckets.add(new Bucket(least + i * width, right, counts[i]));
    }
    return new Histogram(buckets);
  }
}
