package org.openmargin.nn;

import java.util.function.ToDoubleFunction;

/** Layers in plain Java, double precision and plain loops: the reference for the graph's layers. */
public final class Reference {
  private Reference() {}

  /**
   * Images in row-major order.
   *
   * @param values [n, h, w, c]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and copied where it is changed
  public record Images(int n, int h, int w, int c, double[] values) {
    public double at(int image, int row, int column, int channel) {
      return values[((image * h + row) * w + column) * c + channel];
    }

    /** The same sizes, other values. */
    public Images with(double[] others) {
      return new Images(n, h, w, c, others);
    }

    /** The shape for TensorFlow. */
    public long[] shape() {
      return new long[] {n, h, w, c};
    }
  }

  /** Convolution; half of the padding before, the odd pixel after. */
  public static Images conv(Images x, double[] kernel, int size, int stride, int filters) {
    var h = (x.h() + stride - 1) / stride;
    var w = (x.w() + stride - 1) / stride;
    var top = Math.max((h - 1) * stride + size - x.h(), 0) / 2;
    var left = Math.max((w - 1) * stride + size - x.w(), 0) / 2;
    return conv(x, kernel, size, stride, filters, top, left);
  }

  /** Convolution with {@code size / 2} zeros on every side, as PyTorch's. */
  public static Images symmetricConv(Images x, double[] kernel, int size, int stride, int filters) {
    return conv(x, kernel, size, stride, filters, size / 2, size / 2);
  }

  private static Images conv(
      Images x, double[] kernel, int size, int stride, int filters, int top, int left) {
    var h = (x.h() + stride - 1) / stride;
    var w = (x.w() + stride - 1) / stride;
    var y = new Images(x.n(), h, w, filters, new double[x.n() * h * w * filters]);
    for (var i = 0; i < y.values().length; i++) {
      var f = i % filters;
      var column = i / filters % w;
      var row = i / filters / w % h;
      var image = i / filters / w / h;
      for (var tap = 0; tap < size * size * x.c(); tap++) {
        var channel = tap % x.c();
        var r = row * stride - top + tap / x.c() / size;
        var s = column * stride - left + tap / x.c() % size;
        if (r >= 0 && r < x.h() && s >= 0 && s < x.w()) {
          y.values()[i] += x.at(image, r, s, channel) * kernel[tap * filters + f];
        }
      }
    }
    return y;
  }

  /** Mean and biased variance of each channel. */
  public static double[][] moments(Images x) {
    var mean = new double[x.c()];
    var variance = new double[x.c()];
    var perChannel = x.values().length / x.c();
    for (var i = 0; i < x.values().length; i++) {
      mean[i % x.c()] += x.values()[i] / perChannel;
    }
    for (var i = 0; i < x.values().length; i++) {
      variance[i % x.c()] += Math.pow(x.values()[i] - mean[i % x.c()], 2) / perChannel;
    }
    return new double[][] {mean, variance};
  }

  /** {@code (x - mean) / sqrt(variance + epsilon) * scale + offset}. */
  public static Images norm(
      Images x, double[][] moments, double[] scale, double[] offset, double epsilon) {
    var y = x.values().clone();
    for (var i = 0; i < y.length; i++) {
      var c = i % x.c();
      y[i] = (y[i] - moments[0][c]) / Math.sqrt(moments[1][c] + epsilon) * scale[c] + offset[c];
    }
    return x.with(y);
  }

  public static Images relu(Images x) {
    var y = x.values().clone();
    for (var i = 0; i < y.length; i++) {
      y[i] = Math.max(y[i], 0);
    }
    return x.with(y);
  }

  public static Images add(Images a, Images b) {
    var y = a.values().clone();
    for (var i = 0; i < y.length; i++) {
      y[i] += b.values()[i];
    }
    return a.with(y);
  }

  /** 3x3 maximum, stride 2, padded as {@link #conv}; padding never wins. */
  public static Images maxPool(Images x) {
    var h = (x.h() + 1) / 2;
    var w = (x.w() + 1) / 2;
    var top = Math.max((h - 1) * 2 + 3 - x.h(), 0) / 2;
    var left = Math.max((w - 1) * 2 + 3 - x.w(), 0) / 2;
    var y = new Images(x.n(), h, w, x.c(), new double[x.n() * h * w * x.c()]);
    for (var i = 0; i < y.values().length; i++) {
      var largest = Double.NEGATIVE_INFINITY;
      for (var tap = 0; tap < 9; tap++) {
        var r = i / x.c() / w % h * 2 - top + tap / 3;
        var s = i / x.c() % w * 2 - left + tap % 3;
        if (r >= 0 && r < x.h() && s >= 0 && s < x.w()) {
          largest = Math.max(largest, x.at(i / x.c() / w / h, r, s, i % x.c()));
        }
      }
      y.values()[i] = largest;
    }
    return y;
  }

  /** Mean over rows and columns: [n, c]. */
  public static double[] globalMean(Images x) {
    var y = new double[x.n() * x.c()];
    for (var i = 0; i < x.values().length; i++) {
      var image = i / (x.h() * x.w() * x.c());
      y[image * x.c() + i % x.c()] += x.values()[i] / (x.h() * x.w());
    }
    return y;
  }

  /** Rows of length one: [n, d]. */
  public static double[] normalize(double[] x, int d) {
    var y = x.clone();
    for (var row = 0; row < x.length / d; row++) {
      var squares = 0.0;
      for (var k = 0; k < d; k++) {
        squares += x[row * d + k] * x[row * d + k];
      }
      for (var k = 0; k < d; k++) {
        y[row * d + k] /= Math.sqrt(squares);
      }
    }
    return y;
  }

  /** Rows times rows: [n, d] and [m, d] to [n, m]. */
  public static double[] product(double[] a, double[] b, int d) {
    var n = a.length / d;
    var m = b.length / d;
    var y = new double[n * m];
    for (var i = 0; i < n * m; i++) {
      for (var k = 0; k < d; k++) {
        y[i] += a[i / m * d + k] * b[i % m * d + k];
      }
    }
    return y;
  }

  /** Gradient of f by central differences. */
  public static double[] gradient(ToDoubleFunction<double[]> f, double[] at) {
    var step = 1e-5;
    var gradient = new double[at.length];
    for (var i = 0; i < at.length; i++) {
      var moved = at.clone();
      moved[i] = at[i] + step;
      var above = f.applyAsDouble(moved);
      moved[i] = at[i] - step;
      gradient[i] = (above - f.applyAsDouble(moved)) / (2 * step);
    }
    return gradient;
  }

  /** {@code sum a_i b_i}. */
  public static double dot(double[] a, double[] b) {
    var sum = 0.0;
    for (var i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
