package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.nn.InputFormat;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TUint8;

class PreprocessingTest {

  /** A window of an image, px. */
  private record Window(int top, int left, int height, int width) {}

  @Test
  void imagesOfTheNetworksSizeKeepEveryBit() {
    var image = random(17 * 13 * 3);

    assertThat(apply(InputFormat.of(17, 13, 3), 5, image, 17, 13)).isEqualTo(image);
    assertThat(apply(InputFormat.of(17, 13, 3), 0, image, 17, 13)).isEqualTo(image);
  }

  @Test
  void aCropOfTheNetworksSizeIsCutOutOfTheMiddle() {
    var image = random(25 * 40 * 3);

    assertThat(apply(InputFormat.of(20, 20, 3), 20, image, 25, 40))
        .isEqualTo(cut(image, 40, 3, new Window(2, 10, 20, 20)));
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(
            "down, largest square", InputFormat.of(8, 8, 3), 0, 40, 31, new Window(4, 0, 31, 31)),
        Arguments.of(
            "up, largest square", InputFormat.of(24, 24, 1), 0, 7, 9, new Window(0, 1, 7, 7)),
        Arguments.of("crop, down", InputFormat.of(8, 8, 3), 20, 33, 50, new Window(6, 15, 20, 20)),
        Arguments.of(
            "crop larger than image",
            InputFormat.of(8, 8, 3),
            99,
            16,
            12,
            new Window(2, 0, 12, 12)),
        Arguments.of(
            "other shape, no crop", InputFormat.of(6, 12, 1), 0, 30, 20, new Window(0, 0, 30, 20)),
        Arguments.of("one pixel", InputFormat.of(5, 5, 3), 0, 1, 1, new Window(0, 0, 1, 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sizes")
  void otherSizesAreCroppedAndFilteredByTriangles(
      String name, InputFormat format, int crop, int height, int width, Window window) {
    var image = random(height * width * format.channels());

    var actual = apply(format, crop, image, height, width);

    var kept = cut(image, width, format.channels(), window);
    var expected = triangles(kept, window, format);
    assertThat(actual).hasSize(expected.length);
    for (var i = 0; i < expected.length; i++) {
      // Rounding half up: within half a step, with room for float32 at the half itself.
      assertThat((actual[i] & 0xff) - expected[i]).isBetween(-0.501, 0.501);
    }
  }

  @Test
  void noImageGivesNoImage() {
    assertThat(apply(InputFormat.of(8, 8, 3), 0, new byte[0], 20, 30)).isEmpty();
    assertThat(apply(InputFormat.of(8, 8, 3), 0, new byte[0], 8, 8)).isEmpty();
  }

  private static byte[] apply(InputFormat format, int crop, byte[] images, int height, int width) {
    var count = images.length / (height * width * format.channels());
    try (var graph = new Graph();
        var session = new Session(graph);
        var tensor =
            TUint8.tensorOf(
                Shape.of(count, height, width, format.channels()), DataBuffers.of(images))) {
      var tf = Ops.create(graph);
      var input =
          tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, format.channels())));
      var output = new Preprocessing(format, crop).apply(tf, input);
      assertThat(output.shape().asArray())
          .containsExactly(-1, format.height(), format.width(), format.channels());
      try (var result = session.runner().feed(input, tensor).fetch(output).run()) {
        var bytes = new byte[(int) result.get(0).numBytes()];
        result.get(0).asRawTensor().data().read(bytes);
        return bytes;
      }
    }
  }

  private static byte[] random(int size) {
    var bytes = new byte[size];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  private static byte[] cut(byte[] image, int width, int channels, Window window) {
    var out = new byte[window.height() * window.width() * channels];
    for (var y = 0; y < window.height(); y++) {
      var from = ((window.top() + y) * width + window.left()) * channels;
      System.arraycopy(image, from, out, y * window.width() * channels, window.width() * channels);
    }
    return out;
  }

  /** The two-dimensional filter in doubles, before rounding. */
  private static double[] triangles(byte[] image, Window window, InputFormat format) {
    var rows = weights(window.height(), format.height());
    var columns = weights(window.width(), format.width());
    var c = format.channels();
    var out = new double[format.bytes()];
    for (var y = 0; y < format.height(); y++) {
      for (var x = 0; x < format.width(); x++) {
        for (var i = 0; i < window.height(); i++) {
          for (var j = 0; j < window.width(); j++) {
            for (var k = 0; k < c; k++) {
              out[(y * format.width() + x) * c + k] +=
                  rows[y][i] * columns[x][j] * (image[(i * window.width() + j) * c + k] & 0xff);
            }
          }
        }
      }
    }
    return out;
  }

  private static double[][] weights(int in, int out) {
    var ratio = (double) in / out;
    var support = Math.max(1, ratio);
    var weights = new double[out][in];
    for (var x = 0; x < out; x++) {
      for (var i = 0; i < in; i++) {
        weights[x][i] = Math.max(0, 1 - Math.abs(i + 0.5 - (x + 0.5) * ratio) / support);
      }
      var sum = Arrays.stream(weights[x]).sum();
      for (var i = 0; i < in; i++) {
        weights[x][i] /= sum;
      }
    }
    return weights;
  }

  @Test
  void imagesOfABatchDoNotMix() {
    var format = InputFormat.of(4, 4, 1);
    var first = random(9 * 9);
    var second = new byte[9 * 9];
    var both = Arrays.copyOf(first, 2 * 9 * 9);

    var together = apply(format, 0, both, 9, 9);

    assertThat(List.of(Arrays.copyOf(together, 16), Arrays.copyOfRange(together, 16, 32)))
        .containsExactly(apply(format, 0, first, 9, 9), apply(format, 0, second, 9, 9));
  }
}
