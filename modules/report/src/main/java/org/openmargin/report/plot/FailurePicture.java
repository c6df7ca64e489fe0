package org.openmargin.report.plot;

import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.source.ImageFiles;

/**
 * An image in a page, as data URLs, about 128 px large.
 *
 * @param image the image
 * @param heat the image in grey, coloured where the evidence for a class is
 */
public record FailurePicture(String image, Optional<String> heat) {
  private static final int SIDE_PX = 128;

  /** From no evidence to the most: red, orange, yellow; readable with all colour vision. */
  private static final double[][] RAMP = {{140, 20, 60}, {230, 100, 30}, {255, 225, 80}};

  /**
   * @param heat values in [0, 1], of any size; empty for none
   */
  public static FailurePicture of(Images images, int index, Optional<float[][]> heat) {
    var one = images.range(index, 1);
    var large = sized(one);
    return new FailurePicture(url(large), heat.map(map -> url(overlay(large, map))));
  }

  private static String url(Images image) {
    var png = ImageFiles.png(image, 0);
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  /** Large images resized, small ones with every pixel repeated. */
  private static Images sized(Images image) {
    var side = Math.max(image.height(), image.width());
    if (side > SIDE_PX) {
      var height = Math.max(1, image.height() * SIDE_PX / side);
      var width = Math.max(1, image.width() * SIDE_PX / side);
      return image.preprocessed(new ImageGeometry(OptionalInt.empty(), height, width));
    }
    var factor = SIDE_PX / side;
    var channels = image.channels();
    var pixels = new byte[image.bytesPerImage()];
    image.copyTo(0, pixels, 0);
    var shape = new ImageShape(factor * image.height(), factor * image.width(), channels);
    return Images.from(
        shape,
        1,
        (i, target, offset) -> {
          for (var at = 0; at < shape.bytes(); at++) {
            var y = at / channels / shape.width() / factor;
            var x = at / channels % shape.width() / factor;
            target[offset + at] = pixels[(y * image.width() + x) * channels + at % channels];
          }
        });
  }

  private static Images overlay(Images image, float[][] map) {
    var pixels = new byte[image.bytesPerImage()];
    image.copyTo(0, pixels, 0);
    var channels = image.channels();
    var result = new byte[image.height() * image.width() * 3];
    for (var i = 0; i < result.length / 3; i++) {
      var grey = 0.0;
      for (var c = 0; c < channels; c++) {
        grey += (pixels[i * channels + c] & 0xff) / (double) channels;
      }
      var row = Math.floorDiv(i, image.width());
      var column = i % image.width();
      var heat = at(map, (row + 0.5) / image.height(), (column + 0.5) / image.width());
      for (var c = 0; c < 3; c++) {
        var colour = colour(heat, c) * (0.35 + 0.65 * grey / 255);
        result[3 * i + c] = (byte) Math.round(grey + 0.9 * heat * (colour - grey));
      }
    }
    return Images.of(image.height(), image.width(), 3, result);
  }

  private static double colour(double heat, int channel) {
    var position = heat * (RAMP.length - 1);
    var below = Math.min(RAMP.length - 2, (int) position);
    return lerp(RAMP[below][channel], RAMP[below + 1][channel], position - below);
  }

  /**
   * Bilinear between the centres of cells.
   *
   * @param y from 0 to 1
   * @param x from 0 to 1
   */
  static double at(float[][] map, double y, double x) {
    var row = clamp(y * map.length - 0.5, map.length);
    var column = clamp(x * map[0].length - 0.5, map[0].length);
    var i = Math.min((int) row, Math.max(0, map.length - 2));
    var j = Math.min((int) column, Math.max(0, map[0].length - 2));
    var under = Math.min(i + 1, map.length - 1);
    var right = Math.min(j + 1, map[0].length - 1);
    return lerp(
        lerp(map[i][j], map[i][right], column - j),
        lerp(map[under][j], map[under][right], column - j),
        row - i);
  }

  private static double clamp(double position, int length) {
    return Math.max(0, Math.min(length - 1, position));
  }

  private static double lerp(double a, double b, double part) {
    return a + (b - a) * part;
  }
}
