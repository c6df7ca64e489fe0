package org.openmargin.nn.augment;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.openmargin.nn.Reading;
import org.openmargin.nn.Reading.Image;

/** Each operation of RandAugment on one image, in plain loops. */
final class OperationOracle {
  private OperationOracle() {}

  static double[] of(ImageOperation operation, double level, Image image) {
    var factor = 1 + 0.9 * level;
    var strength = Math.abs(level);
    var shear = 0.3 * level;
    var shift = 150.0 / 331 * level;
    return switch (operation) {
      case IDENTITY -> image.pixels();
      case AUTOCONTRAST -> perChannel(image, OperationOracle::stretched);
      case EQUALIZE -> perChannel(image, OperationOracle::equalized);
      case ROTATE -> Reading.rotated(Math.toRadians(30 * level)).read(image);
      case SOLARIZE -> each(image, v -> v >= 256 * (1 - strength) ? 255 - v : v);
      case COLOR -> blended(image, factor, k -> luma(image, k));
      case POSTERIZE -> each(image, v -> (int) v & -(1 << (int) Math.rint(4 * strength)));
      case CONTRAST -> {
        var mean =
            IntStream.range(0, image.pixels().length)
                .mapToDouble(k -> luma(image, k))
                .average()
                .orElseThrow();
        yield blended(image, factor, k -> mean);
      }
      case BRIGHTNESS -> blended(image, factor, k -> 0);
      case SHARPNESS -> blended(image, factor, k -> smooth(image, k));
      case SHEAR_X -> Reading.sheared(shear, 0).read(image);
      case SHEAR_Y -> Reading.sheared(0, shear).read(image);
      case TRANSLATE_X -> Reading.shifted(shift * image.w(), 0).read(image);
      case TRANSLATE_Y -> Reading.shifted(0, shift * image.h()).read(image);
    };
  }

  private static double[] each(Image image, DoubleUnaryOperator change) {
    return Arrays.stream(image.pixels()).map(change).toArray();
  }

  private static double[] blended(Image image, double factor, IntToDoubleFunction other) {
    return IntStream.range(0, image.pixels().length)
        .mapToDouble(k -> factor * image.pixels()[k] + (1 - factor) * other.applyAsDouble(k))
        .map(v -> Math.max(0, Math.min(255, v)))
        .toArray();
  }

  private static double luma(Image image, int k) {
    var p = image.pixels();
    var first = k / image.c() * image.c();
    return image.c() == 1 ? p[k] : 0.299 * p[first] + 0.587 * p[first + 1] + 0.114 * p[first + 2];
  }

  private static double smooth(Image image, int k) {
    var c = image.c();
    var row = k / c / image.w();
    var column = k / c % image.w();
    if (row == 0 || column == 0 || row == image.h() - 1 || column == image.w() - 1) {
      return image.pixels()[k];
    }
    var sum = 4 * image.pixels()[k];
    for (var down = -1; down <= 1; down++) {
      for (var right = -1; right <= 1; right++) {
        sum += image.pixels()[k + (down * image.w() + right) * c];
      }
    }
    return sum / 13;
  }

  private static double[] perChannel(Image image, UnaryOperator<double[]> change) {
    var changed = new double[image.pixels().length];
    for (var channel = 0; channel < image.c(); channel++) {
      var values = new double[image.h() * image.w()];
      for (var i = 0; i < values.length; i++) {
        values[i] = image.pixels()[i * image.c() + channel];
      }
      var result = change.apply(values);
      for (var i = 0; i < values.length; i++) {
        changed[i * image.c() + channel] = result[i];
      }
    }
    return changed;
  }

  private static double[] stretched(double[] values) {
    var bounds = Arrays.stream(values).summaryStatistics();
    var range = bounds.getMax() - bounds.getMin();
    return Arrays.stream(values)
        .map(v -> range == 0 ? v : (v - bounds.getMin()) * 255 / range)
        .toArray();
  }

  /** As in Pillow's ImageOps.equalize. */
  private static double[] equalized(double[] values) {
    var counts = new int[256];
    for (var v : values) {
      counts[(int) v]++;
    }
    var last = 255;
    while (counts[last] == 0) {
      last--;
    }
    var step = (values.length - counts[last]) / 255;
    if (step == 0) {
      return values;
    }
    var table = new double[256];
    var n = step / 2;
    for (var v = 0; v < 256; v++) {
      table[v] = Math.min(255, n / step);
      n += counts[v];
    }
    return Arrays.stream(values).map(v -> table[(int) v]).toArray();
  }
}
