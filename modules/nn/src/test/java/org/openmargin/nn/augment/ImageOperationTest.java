package org.openmargin.nn.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reading.Image;

/** Each operation against plain loops, and against numbers of Pillow. */
class ImageOperationTest {

  @ParameterizedTest
  @CsvSource({
    "0.3, 20, 20, 3",
    "1, 20, 20, 3",
    "0, 20, 20, 3",
    "0.3, 17, 24, 1",
    "1, 2, 3, 3",
    "0.5, 1, 1, 3"
  })
  void everyOperationDoesToEveryImageWhatPlainLoopsDo(double level, int h, int w, int c) {
    var size = h * w * c;
    var rows = new ArrayList<float[]>();
    var wanted = new ArrayList<double[]>();
    var operations = List.of(ImageOperation.values());
    for (var operation : operations) {
      for (var signed : new double[] {level, -level}) {
        rows.add(operation.row(signed, h, w));
        wanted.add(OperationOracle.of(operation, signed, image(wanted.size(), h, w, c)));
      }
    }
    var batch = new double[rows.size() * size];
    for (var i = 0; i < rows.size(); i++) {
      System.arraycopy(image(i, h, w, c).pixels(), 0, batch, i * size, size);
    }
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(batch, rows.size(), h, w, c);
      var table = fixture.tf().constant(rows.toArray(float[][]::new));
      var changed = RandAugment.changed(fixture.training(), pixels, table);
      assertThat(changed.shape()).isEqualTo(pixels.shape());
      var values = fixture.value(changed);
      for (var i = 0; i < rows.size(); i++) {
        assertThat(Arrays.copyOfRange(values, i * size, (i + 1) * size))
            .as("%s, level %s", operations.get(i / 2), i % 2 == 0 ? level : -level)
            .containsExactly(wanted.get(i), within(0.02));
      }
    }
  }

  @Test
  void withoutStrengthOnlyAutocontrastAndEqualizeDoAnything() {
    for (var operation : ImageOperation.values()) {
      var image = image(1, 20, 20, 3);
      var changed = changed(operation.row(0, 20, 20), image);
      switch (operation) {
        case AUTOCONTRAST, EQUALIZE ->
            assertThat(changed).as(operation.name()).isNotEqualTo(image.pixels());
        default -> assertThat(changed).as(operation.name()).isEqualTo(image.pixels());
      }
    }
  }

  @Test
  void aFlatImageIsNeitherStretchedNorEqualized() {
    var flat = new double[300 * 3];
    Arrays.fill(flat, 77);
    var image = new Image(flat, 20, 15, 3);
    for (var operation : List.of(ImageOperation.AUTOCONTRAST, ImageOperation.EQUALIZE)) {
      assertThat(changed(operation.row(1, 20, 15), image)).isEqualTo(flat);
    }
  }

  /**
   * The output of ImageOps of Pillow 13.0 for the 13 values of {@link #pillowsImage}, for each
   * channel. With 100 pixels there is no step of 255 values, and equalisation does nothing.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "28; 28; EQUALIZE; 0 67 95 122 149 176 203 230 255 255 255 255 255",
        "28; 28; EQUALIZE; 0 27 94 122 149 176 203 230 255 255 255 255 255",
        "28; 28; EQUALIZE; 0 27 54 121 149 176 203 230 255 255 255 255 255",
        "24; 20; EQUALIZE; 0 84 117 151 184 218 251 255 255 255 255 255 255",
        "24; 20; EQUALIZE; 0 33 117 150 183 216 249 255 255 255 255 255 255",
        "24; 20; EQUALIZE; 0 33 66 150 183 216 249 255 255 255 255 255 255",
        "10; 10; EQUALIZE; 30 39 48 57 66 75 84 93 102 111 120 129 138",
        "28; 28; AUTOCONTRAST; 0 21 42 63 85 106 127 148 170 191 212 233 255",
        "10; 10; AUTOCONTRAST; 0 21 42 63 85 106 127 148 170 191 212 233 255"
      })
  void pillowDoesTheSame(int h, int w, ImageOperation operation, String wanted) {
    var image = pillowsImage(h, w);
    var changed = changed(operation.row(1, h, w), image);
    var tables = new ArrayList<List<Integer>>();
    for (var channel = 0; channel < 3; channel++) {
      var table = new Integer[13];
      for (var k = channel; k < changed.length; k += 3) {
        // Pillow rounds down.
        table[((int) image.pixels()[k] - 30) / 9] = (int) Math.floor(changed[k] + 1e-3);
      }
      tables.add(List.of(table));
    }
    var numbers = Arrays.stream(wanted.split(" ")).map(Integer::valueOf).toList();
    assertThat(tables).contains(numbers);
  }

  private static Image pillowsImage(int h, int w) {
    var pixels = new double[h * w * 3];
    for (var k = 0; k < pixels.length; k++) {
      var row = k / 3 / w;
      var column = k / 3 % w;
      var channel = k % 3;
      pixels[k] = 30 + 9 * ((row * column * (3 + channel) + row + channel) % 13);
    }
    return new Image(pixels, h, w, 3);
  }

  @Test
  void valuesBetweenWholeNumbersAreEqualizedByTheNearest() {
    var image = image(4, 20, 20, 3);
    var moved = Arrays.stream(image.pixels()).map(v -> v + 0.4).toArray();
    var row = ImageOperation.EQUALIZE.row(1, 20, 20);
    assertThat(changed(row, new Image(moved, 20, 20, 3))).isEqualTo(changed(row, image));
  }

  @Test
  void imagesOfTwoChannelsHaveNoColours() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> changed(ImageOperation.COLOR.row(1, 4, 4), image(0, 4, 4, 2)))
        .withMessageContaining("1 or 3 channels");
  }

  private static double[] changed(float[] row, Image image) {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(image.pixels(), 1, image.h(), image.w(), image.c());
      var rows = fixture.tf().constant(new float[][] {row});
      return fixture.value(RandAugment.changed(fixture.training(), pixels, rows));
    }
  }

  /** Whole numbers, dark ones more often than bright ones. */
  private static Image image(int seed, int h, int w, int c) {
    var pixels =
        Arrays.stream(GraphFixture.noise(seed, h * w * c))
            .map(v -> Math.rint(10 + 240 * Math.pow((v + 2) / 4, 2)))
            .toArray();
    return new Image(pixels, h, w, c);
  }
}
