package org.openmargin.serving.gate.probe;

import java.util.Map;
import java.util.regex.Pattern;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelException;

/**
 * How {@code open_set.json} says that an image of any size becomes one of the network's, computed
 * in doubles: a centred window, then a triangle filter that is as wide as the larger of the two
 * pixels.
 *
 * @param size of the network's images
 * @param crop side of the square that is cut out; 0 for the largest
 * @param square whether anything is cut out
 */
record StatedResize(NetworkSize size, boolean square, int crop) {
  private static final Pattern CROP =
      Pattern.compile(
          "(?:none|(largest centred square|centred square of side min\\((\\d{1,9}), height, width\\)));"
              + " none for images of the size above");
  private static final String FILTER = "antialiased triangle filter, rounded half up";

  /**
   * @throws ModelException if the description says something else
   */
  static StatedResize of(String description) {
    if (!(JsonText.object(description).get("input") instanceof Map<?, ?> input)) {
      throw new ModelException("open_set.json says nothing about images");
    }
    var crop = CROP.matcher(String.valueOf(input.get("crop")));
    if (!crop.matches() || !FILTER.equals(input.get("resize"))) {
      throw new ModelException(
          "open_set.json says of images of other sizes what is not known here: crop: %s, resize: %s"
              .formatted(input.get("crop"), input.get("resize")));
    }
    var size =
        new NetworkSize(
            number(input, "height_px"), number(input, "width_px"), number(input, "channels"));
    var side = crop.group(2) == null ? 0 : Integer.parseInt(crop.group(2));
    return new StatedResize(size, crop.group(1) != null, side);
  }

  private static int number(Map<?, ?> input, String name) {
    if (input.get(name) instanceof Double number && number >= 1 && number == number.intValue()) {
      return number.intValue();
    }
    throw new ModelException(
        "open_set.json says that the images' %s is %s".formatted(name, input.get(name)));
  }

  /**
   * @param image [height, width, channels] of another size
   * @return the network's, before rounding
   */
  double[] of(byte[] image, int height, int width) {
    var shorter = Math.min(height, width);
    var side = crop == 0 ? shorter : Math.min(crop, shorter);
    var rows = square ? side : height;
    var columns = square ? side : width;
    var top = (height - rows) / 2;
    var left = (width - columns) / 2;
    var down = weights(rows, size.height());
    var across = weights(columns, size.width());
    var channels = size.channels();
    var result = new double[size.height() * size.width() * channels];
    var line = new double[columns * channels];
    for (var y = 0; y < size.height(); y++) {
      for (var i = 0; i < line.length; i++) {
        line[i] = 0;
        for (var row = 0; row < rows; row++) {
          line[i] += down[y][row] * (image[((top + row) * width + left) * channels + i] & 0xff);
        }
      }
      for (var i = 0; i < size.width() * channels; i++) {
        for (var column = 0; column < columns; column++) {
          result[y * size.width() * channels + i] +=
              across[i / channels][column] * line[column * channels + i % channels];
        }
      }
    }
    return result;
  }

  /** Of the inputs in each output: [out][in], each row with the sum 1. */
  private static double[][] weights(int in, int out) {
    var ratio = (double) in / out;
    var kernel = Math.max(1, ratio);
    var weights = new double[out][in];
    for (var x = 0; x < out; x++) {
      var sum = 0.0;
      for (var i = 0; i < in; i++) {
        var distance = Math.abs(i + 0.5 - (x + 0.5) * ratio) / kernel;
        weights[x][i] = Math.max(0, 1 - distance);
        sum += weights[x][i];
      }
      for (var i = 0; i < in; i++) {
        weights[x][i] /= sum;
      }
    }
    return weights;
  }
}
