package org.openmargin.data.shift;

import org.openmargin.data.ImageShape;

/** A convolution with a Gaussian kernel of four deviations to each side; edges are repeated. */
final class GaussianBlur {
  private static final double REACH = 4;

  private GaussianBlur() {}

  static byte[] of(byte[] pixels, ImageShape shape, double sigma) {
    var kernel = kernel(sigma);
    var values = new double[pixels.length];
    for (var i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xff;
    }
    var row = shape.width() * shape.channels();
    var down = along(values, kernel, shape.height(), row, row);
    var across = new double[values.length];
    for (var y = 0; y < shape.height(); y++) {
      var line = new double[row];
      System.arraycopy(down, y * row, line, 0, row);
      var blurred = along(line, kernel, shape.width(), shape.channels(), shape.channels());
      System.arraycopy(blurred, 0, across, y * row, row);
    }
    var result = new byte[pixels.length];
    for (var i = 0; i < result.length; i++) {
      result[i] = Corruption.level(across[i]);
    }
    return result;
  }

  /** Half of it: weights at distance 0, 1, ...; the whole sums to 1. */
  private static double[] kernel(double sigma) {
    var kernel = new double[1 + (int) Math.round(REACH * sigma)];
    var sum = 0.0;
    for (var i = 0; i < kernel.length; i++) {
      kernel[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += (i == 0 ? 1 : 2) * kernel[i];
    }
    for (var i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  /**
   * Blurs {@code lanes} interleaved signals.
   *
   * @param length of a signal
   * @param stride from one of its values to the next
   */
  private static double[] along(
      double[] values, double[] kernel, int length, int stride, int lanes) {
    var result = new double[values.length];
    for (var at = 0; at < length; at++) {
      for (var i = 1 - kernel.length; i < kernel.length; i++) {
        var from = Math.max(0, Math.min(length - 1, at + i)) * stride;
        var weight = kernel[Math.abs(i)];
        for (var lane = 0; lane < lanes; lane++) {
          result[at * stride + lane] += weight * values[from + lane];
        }
      }
    }
    return result;
  }
}
