package org.openmargin.data;

import java.util.Arrays;

/**
 * Cuts a window out of images of one size and resizes it with an antialiased triangle filter. This
 * is the arithmetic of TensorFlow's {@code ScaleAndTranslate} with {@code kernel_type="triangle"},
 * {@code antialias=true}, scale = out / in per axis, translation 0, all in float32, rows before
 * columns.
 *
 * <p>Per axis, with {@code r = in / out} and {@code k = max(r, 1)}: the output at {@code x} is the
 * mean of the inputs {@code i} around {@code s = (x + 0.5) r}, weighted by {@code max(0, 1 - |i +
 * 0.5 - s| / k)}; the weights are divided by their sum. The result is rounded half up and clamped
 * to 0..255.
 */
public final class Resize {

  private final int sourceWidth;
  private final ImageGeometry.Window window;
  private final Taps rows;
  private final Taps columns;

  /** For images {@code sourceWidth} px wide. */
  Resize(int sourceWidth, ImageGeometry.Window window, int heightPx, int widthPx) {
    this.sourceWidth = sourceWidth;
    this.window = window;
    this.rows = Taps.of(window.height(), heightPx);
    this.columns = Taps.of(window.width(), widthPx);
  }

  /**
   * Crops and resizes one image.
   *
   * @param image {@code [height, width, channels]} row-major, uint8
   * @return {@code [heightPx, widthPx, channels]} row-major, uint8
   */
  public byte[] apply(byte[] image, int channels) {
    int rowLength = window.width() * channels;
    var line = new float[rowLength];
    var result = new byte[rows.out() * columns.out() * channels];
    for (int y = 0; y < rows.out(); y++) {
      sumRows(image, channels, y, line);
      for (int x = 0; x < columns.out(); x++) {
        for (int c = 0; c < channels; c++) {
          result[(y * columns.out() + x) * channels + c] = sumColumns(line, channels, x, c);
        }
      }
    }
    return result;
  }

  private void sumRows(byte[] image, int channels, int y, float[] line) {
    Arrays.fill(line, 0f);
    for (int t = 0; t < rows.length(y); t++) {
      float weight = rows.weight(y, t);
      int row = window.top() + rows.starts[y] + t;
      int offset = (row * sourceWidth + window.left()) * channels;
      for (int i = 0; i < line.length; i++) {
        line[i] += weight * (image[offset + i] & 0xff);
      }
    }
  }

  private byte sumColumns(float[] line, int channels, int x, int c) {
    float sum = 0f;
    int offset = columns.starts[x] * channels + c;
    for (int t = 0; t < columns.length(x); t++) {
      sum += columns.weight(x, t) * line[offset + t * channels];
    }
    return (byte) Math.max(0, Math.min(255, (int) Math.floor(sum + 0.5f)));
  }

  /** The inputs of output {@code x}: those from {@code starts[x]} on, with {@code weights[x]}. */
  private static final class Taps {

    private final int[] starts;
    private final float[][] weights;

    private Taps(int[] starts, float[][] weights) {
      this.starts = starts;
      this.weights = weights;
    }

    static Taps of(int in, int out) {
      float scale = (float) out / in;
      float inverse = (float) (1.0 / scale);
      float kernel = Math.max(inverse, 1f);
      var starts = new int[out];
      var weights = new float[out][];
      for (int x = 0; x < out; x++) {
        float sample = (x + 0.5f) * inverse;
        int first = clamp((int) Math.ceil(sample - kernel - 0.5f), in);
        int last = clamp((int) Math.floor(sample + kernel - 0.5f), in);
        starts[x] = first;
        weights[x] = normalised(first, last, sample, 1f / kernel);
      }
      return new Taps(starts, weights);
    }

    private static float[] normalised(int first, int last, float sample, float inverseKernel) {
      var weights = new float[last - first + 1];
      float sum = 0f;
      for (int i = 0; i < weights.length; i++) {
        float distance = Math.abs((first + i + 0.5f - sample) * inverseKernel);
        weights[i] = Math.max(0f, 1f - distance);
        sum += weights[i];
      }
      float inverseSum = 1f / sum;
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= inverseSum;
      }
      return weights;
    }

    private static int clamp(int index, int size) {
      return Math.max(0, Math.min(size - 1, index));
    }

    int out() {
      return starts.length;
    }

    int length(int x) {
      return weights[x].length;
    }

    float weight(int x, int tap) {
      return weights[x][tap];
    }
  }
}
