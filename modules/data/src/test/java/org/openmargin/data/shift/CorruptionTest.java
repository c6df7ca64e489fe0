package org.openmargin.data.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.Images;
import org.openmargin.data.Pixels;

class CorruptionTest {

  private static Images photo(int height, int width, int channels) {
    var random = new Random(5);
    var pixels = new byte[2 * height * width * channels];
    for (var i = 0; i < pixels.length; i++) {
      var row = i / channels / width % height;
      pixels[i] = (byte) (60 + 100 * row / height + random.nextInt(40));
    }
    return Images.of(height, width, channels, pixels);
  }

  private static Images flat(int side, int... colour) {
    var pixels = new byte[side * side * colour.length];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) colour[i % colour.length];
    }
    return Images.of(side, side, colour.length, pixels);
  }

  private static int[] values(Images images, int index) {
    var pixels = Pixels.of(images, index);
    return IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xff).toArray();
  }

  private static double change(Images a, Images b) {
    var x = values(a, 0);
    var y = values(b, 0);
    return IntStream.range(0, x.length).map(i -> Math.abs(x[i] - y[i])).average().orElseThrow();
  }

  @Test
  void strengthsAreThoseOfThePaperAtBothEndsAndLinearBetween() {
    assertThat(Corruption.NOISE.strength(3, 32)).isEqualTo(0.08);
    assertThat(Corruption.NOISE.strength(3, 28)).isEqualTo(0.08);
    assertThat(Corruption.NOISE.strength(3, 224)).isEqualTo(0.18);
    assertThat(Corruption.NOISE.strength(3, 512)).isEqualTo(0.18);
    assertThat(Corruption.JPEG.strength(1, 128)).isEqualTo((80 + 25) / 2.0, within(1e-9));
    assertThatThrownBy(() -> Corruption.BLUR.strength(6, 32))
        .hasMessage("severity 6: must be 1 to 5");
    assertThatThrownBy(() -> Corruption.BLUR.strength(0, 32)).hasMessageContaining("1 to 5");
  }

  @ParameterizedTest
  @EnumSource(Corruption.class)
  void isTheSameEachTimeAndStrongerWithSeverity(Corruption corruption) {
    var photo = photo(40, 33, 3);
    assertThat(values(corruption.of(photo, 2), 1)).isEqualTo(values(corruption.of(photo, 2), 1));
    var before = 0.0;
    for (var severity = 1; severity <= Corruption.MOST; severity++) {
      var change = change(photo, corruption.of(photo, severity));
      assertThat(change).isGreaterThan(before);
      before = change;
    }
  }

  @ParameterizedTest
  @EnumSource(Corruption.class)
  void greyAndTinyImagesKeepTheirShape(Corruption corruption) {
    for (var images : new Images[] {photo(9, 5, 1), photo(1, 1, 3), photo(2, 30, 3)}) {
      var corrupted = corruption.of(images, 5);
      assertThat(corrupted.shape()).isEqualTo(images.shape());
      assertThat(values(corrupted, 1)).hasSize(images.bytesPerImage());
    }
  }

  @Test
  void noiseHasItsDeviationAndNoMean() {
    var noisy = values(Corruption.NOISE.of(flat(64, 128, 128, 128), 3), 0);
    var mean = Arrays.stream(noisy).average().orElseThrow();
    var squares = Arrays.stream(noisy).mapToDouble(v -> (v - mean) * (v - mean)).average();
    assertThat(mean).isEqualTo(128, within(1.0));
    assertThat(Math.sqrt(squares.orElseThrow()))
        .isEqualTo(255 * Corruption.NOISE.strength(3, 64), within(1.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 2.5})
  void blurIsTheConvolutionWithAGaussian(double sigma) {
    var photo = photo(12, 17, 3);
    var image = values(photo, 0);
    var blurred = GaussianBlur.of(Pixels.of(photo, 0), photo.shape(), sigma);
    var reach = (int) Math.round(4 * sigma);
    for (var at = 0; at < image.length; at += 7) {
      var y = at / 3 / 17;
      var x = at / 3 % 17;
      var sum = 0.0;
      var weights = 0.0;
      for (var dy = -reach; dy <= reach; dy++) {
        for (var dx = -reach; dx <= reach; dx++) {
          var weight = Math.exp(-(dy * dy + dx * dx) / (2 * sigma * sigma));
          var row = Math.max(0, Math.min(11, y + dy));
          var column = Math.max(0, Math.min(16, x + dx));
          sum += weight * image[(row * 17 + column) * 3 + at % 3];
          weights += weight;
        }
      }
      assertThat(blurred[at] & 0xff).isEqualTo((int) Math.round(sum / weights));
    }
  }

  @Test
  void brightnessAddsToTheValueAndKeepsTheHue() {
    var strength = Corruption.BRIGHTNESS.strength(2, 32);
    assertThat(Arrays.copyOf(values(Corruption.BRIGHTNESS.of(flat(32, 100, 50, 0), 2), 0), 3))
        .containsExactly(
            (int) Math.round(100 + 255 * strength),
            (int) Math.round((100 + 255 * strength) / 2),
            0);
    assertThat(values(Corruption.BRIGHTNESS.of(flat(32, 0, 0, 0), 2), 0))
        .containsOnly((int) Math.round(255 * strength));
    assertThat(values(Corruption.BRIGHTNESS.of(flat(32, 250), 5), 0)).containsOnly(255);
  }

  @Test
  void jpegKeepsColoursInTheirPlaces() {
    var copy = values(Corruption.JPEG.of(flat(32, 200, 100, 30), 1), 0);
    assertThat(copy[0]).isCloseTo(200, within(4));
    assertThat(copy[1]).isCloseTo(100, within(4));
    assertThat(copy[2]).isCloseTo(30, within(4));
  }
}
