package org.openmargin.nn.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.augment.Augmentation.ColorJitter;
import org.tensorflow.ndarray.Shape;

/** The YIQ of the output is the YIQ of the input, its chroma scaled and rotated. */
class ChromaJitterTest {
  private static final int IMAGES = 32;
  private static final int SIZE = 12;
  private static final double[] Y = {0.299, 0.587, 0.114};
  private static final double[] I = {0.5959, -0.2746, -0.3213};
  private static final double[] Q = {0.2115, -0.5227, 0.3112};

  @ParameterizedTest
  @CsvSource({"0.5, 0", "0, 20", "0.9, 180", "0.1, 10"})
  void chromaIsStretchedAndTurnedAndLumaStays(double saturation, double hue) {
    var before = pixels(110, 140, IMAGES * SIZE);
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(before, IMAGES, 2, 2, 3);
      var net = fixture.training().in("c");
      var changed = new ChromaJitter(saturation, hue).apply(net, x);
      assertThat(changed.shape()).isEqualTo(x.shape());
      var values = fixture.values(4, List.of(changed, net.uniform("draws", Shape.of(IMAGES, 2))));
      var after = values.get(0);
      for (var k = 0; k < before.length; k += 3) {
        var u = values.get(1);
        var stretch = 1 + saturation * (2 * u[k / SIZE * 2] - 1);
        var angle = Math.toRadians(hue * (2 * u[k / SIZE * 2 + 1] - 1));
        var i = dot(I, before, k);
        var q = dot(Q, before, k);
        assertThat(dot(Y, after, k)).isCloseTo(dot(Y, before, k), within(1e-3));
        assertThat(dot(I, after, k))
            .isCloseTo(stretch * (i * Math.cos(angle) - q * Math.sin(angle)), within(1e-3));
        assertThat(dot(Q, after, k))
            .isCloseTo(stretch * (i * Math.sin(angle) + q * Math.cos(angle)), within(1e-3));
      }
    }
  }

  @Test
  void greyStaysGrey() {
    var grey = pixels(0, 255, IMAGES * 4);
    var rgb = new double[IMAGES * SIZE];
    for (var k = 0; k < rgb.length; k++) {
      rgb[k] = grey[k / 3];
    }
    assertThat(augmented(rgb, 3)).containsExactly(rgb, within(1e-3));
    assertThat(augmented(grey, 1)).isEqualTo(grey);
  }

  @Test
  void valuesStayBetween0And255() {
    var after = augmented(pixels(0, 255, IMAGES * SIZE), 3);
    assertThat(Arrays.stream(after)).allMatch(v -> v >= 0 && v <= 255);
    assertThat(after).contains(0).contains(255);
  }

  @Test
  void otherImagesHaveNoColours() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> augmented(pixels(0, 255, IMAGES * 8), 2))
        .withMessageContaining("1 or 3 channels")
        .withMessageContaining("[32, 2, 2, 2]");
  }

  @Test
  void chromaChangesNoNumberThatOthersDraw() {
    var before = pixels(110, 140, IMAGES * 4);
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(before, IMAGES, 2, 2, 1);
      var plain = new ColorJitter(0.1, 0.2);
      var more = new ColorJitter(0.1, 0.2, new ChromaJitter(0.5, 30));
      var both =
          List.of(
              new Augmentation(1, true, true, plain).apply(fixture.training(), x),
              new Augmentation(1, true, true, more).apply(fixture.training(), x));
      var values = fixture.values(2, both);
      assertThat(values.get(1)).isEqualTo(values.get(0));
    }
  }

  private static double[] augmented(double[] pixels, int channels) {
    try (var fixture = new GraphFixture()) {
      var color = new ColorJitter(0, 0, new ChromaJitter(0.9, 180));
      var x = fixture.tensor(pixels, IMAGES, 2, 2, channels);
      var augmentation = new Augmentation(0, false, false, color);
      return fixture.values(1, List.of(augmentation.apply(fixture.training(), x))).get(0);
    }
  }

  private static double dot(double[] weights, double[] pixels, int from) {
    return weights[0] * pixels[from]
        + weights[1] * pixels[from + 1]
        + weights[2] * pixels[from + 2];
  }

  private static double[] pixels(double from, double to, int count) {
    return Arrays.stream(GraphFixture.noise(3, count))
        .map(v -> (float) (from + (v + 2) / 4 * (to - from)))
        .toArray();
  }
}
