package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {

  @ParameterizedTest
  @CsvSource({"7,5,3,4", "28,28,32,32", "40,33,28,28", "5,5,11,2", "1,1,3,3", "9,9,1,1"})
  void equalsTheTriangleFilterWrittenAsADoubleSum(
      int height, int width, int outHeight, int outWidth) {
    var random = new SplitMix(height * 31L + width);
    var image = new byte[height * width * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) random.nextInt(256);
    }
    var whole = new ImageGeometry.Window(0, 0, height, width);
    var resized = new Resize(width, whole, outHeight, outWidth).apply(image, 3);
    var rows = weights(height, outHeight);
    var columns = weights(width, outWidth);
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        for (int c = 0; c < 3; c++) {
          double expected = 0;
          for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
              expected += rows[y][i] * columns[x][j] * (image[(i * width + j) * 3 + c] & 0xff);
            }
          }
          int actual = resized[(y * outWidth + x) * 3 + c] & 0xff;
          assertThat((double) actual).isBetween(expected - 0.501, expected + 0.501);
        }
      }
    }
  }

  @Test
  void halvingWeighsThreeAndOneToEachSide() {
    // r = 2, s = 2 for output 1: inputs 0.5, 1.5, 2.5, 3.5 are 1.5, 0.5, 0.5, 1.5 away, k = 2:
    // weights 1/4, 3/4, 3/4, 1/4 of 2. Output 0 lacks the left one: 3, 3, 1 of 7.
    byte[] row = {0, 80, (byte) 160, (byte) 240};
    var halved = new Resize(4, new ImageGeometry.Window(0, 0, 1, 4), 1, 2).apply(row, 1);
    assertThat(halved[0] & 0xff).isEqualTo(Math.round((3 * 0 + 3 * 80 + 160) / 7f));
    assertThat(halved[1] & 0xff).isEqualTo(Math.round((80 + 3 * 160 + 3 * 240) / 7f));
  }

  @Test
  void doublingInterpolatesAndRoundsHalfUp() {
    byte[] row = {0, 2};
    var doubled = new Resize(2, new ImageGeometry.Window(0, 0, 1, 2), 1, 4).apply(row, 1);
    // 0, 0.5, 1.5, 2
    assertThat(doubled).containsExactly(0, 1, 2, 2);
  }

  @Test
  void sameSizeIsTheIdentity() {
    byte[] image = {1, 2, 3, (byte) 255};
    var same = new Resize(2, new ImageGeometry.Window(0, 0, 2, 2), 2, 2).apply(image, 1);
    assertThat(same).isEqualTo(image);
  }

  @Test
  void aFlatImageStaysFlat() {
    var image = new byte[30 * 30];
    java.util.Arrays.fill(image, (byte) 255);
    var resized = new Resize(30, new ImageGeometry.Window(0, 0, 30, 30), 7, 13).apply(image, 1);
    assertThat(resized).containsOnly((byte) 255);
  }

  @Test
  void cropsTheCentredSquareWithIntegerDivision() {
    var crop = new ImageGeometry(OptionalInt.of(200), 28, 28);
    assertThat(crop.crop(360, 363)).isEqualTo(new ImageGeometry.Window(80, 81, 200, 200));
  }

  @Test
  void limitsTheCropToTheImage() {
    var crop = new ImageGeometry(OptionalInt.of(400), 28, 28);
    assertThat(crop.crop(360, 363)).isEqualTo(new ImageGeometry.Window(0, 1, 360, 360));
  }

  @Test
  void withoutCropTakesTheLargestSquareForASquareTarget() {
    assertThat(ImageGeometry.square(28).crop(30, 50))
        .isEqualTo(new ImageGeometry.Window(0, 10, 30, 30));
    var wide = new ImageGeometry(OptionalInt.empty(), 10, 20);
    assertThat(wide.crop(30, 50)).isEqualTo(new ImageGeometry.Window(0, 0, 30, 50));
  }

  @Test
  void leavesAnImageOfTheTargetSizeAlone() {
    var crop = new ImageGeometry(OptionalInt.of(10), 28, 28);
    assertThat(crop.accepts(28, 28)).isTrue();
    assertThat(crop.crop(28, 28)).isEqualTo(new ImageGeometry.Window(0, 0, 28, 28));
  }

  @Test
  void refusesSizesBelowOne() {
    assertThatThrownBy(() -> new ImageGeometry(OptionalInt.of(0), 28, 28))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 1 px");
    assertThatThrownBy(() -> ImageGeometry.square(0)).isInstanceOf(DataException.class);
  }

  /** Normalised weight of each input for each output, from the formula, in double. */
  private static double[][] weights(int in, int out) {
    var weights = new double[out][in];
    for (int x = 0; x < out; x++) {
      double total = 0;
      for (int i = 0; i < in; i++) {
        weights[x][i] = triangle(i, x, in, out);
        total += weights[x][i];
      }
      for (int i = 0; i < in; i++) {
        weights[x][i] /= total;
      }
    }
    return weights;
  }

  private static double triangle(int i, int x, int in, int out) {
    double ratio = (double) in / out;
    double distance = Math.abs(i + 0.5 - (x + 0.5) * ratio) / Math.max(ratio, 1);
    return Math.max(0, 1 - distance);
  }
}
