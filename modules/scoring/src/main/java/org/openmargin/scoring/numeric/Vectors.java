package org.openmargin.scoring.numeric;

/** Vector arithmetic in double precision. */
public final class Vectors {
  /** Shorter vectors are divided by this instead of their length, as in the layers. */
  private static final double LEAST_LENGTH = 1e-6;

  private Vectors() {}

  public static double[] doubles(float[] x) {
    var result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = x[i];
    }
    return result;
  }

  public static float[] floats(double[] x) {
    var result = new float[x.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) x[i];
    }
    return result;
  }

  /** Sum of the products of all pairs. */
  public static double dot(double[] a, double[] b) {
    return dot(a, b, a.length);
  }

  /**
   * Sum of the products of the first pairs: four independent sums, so that the processor need not
   * wait for each addition.
   */
  static double dot(double[] a, double[] b, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < count; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  public static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  public static double[] minus(double[] a, double[] b) {
    var result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] - b[i];
    }
    return result;
  }

  /**
   * Mean of some of many vectors.
   *
   * @param all [n][d]
   * @param rows which, at least one
   * @return [d]
   */
  public static double[] mean(float[][] all, int[] rows) {
    var mean = new double[all[rows[0]].length];
    for (int row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += all[row][i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= rows.length;
    }
    return mean;
  }

  /** {@code 1 / max(|x|, 1e-6)}. */
  public static double inverseLength(double[] x) {
    return 1 / Math.max(Math.sqrt(dot(x, x)), LEAST_LENGTH);
  }

  /** {@code x / max(|x|, 1e-6)}. */
  public static double[] unit(double[] x) {
    double factor = inverseLength(x);
    var result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = x[i] * factor;
    }
    return result;
  }

  public static void requireSize(float[] embedding, int size) {
    if (embedding.length != size) {
      throw new IllegalArgumentException(
          "an embedding has %d numbers; the scorer was fitted to %d"
              .formatted(embedding.length, size));
    }
  }
}
