package org.openmargin.nn.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.augment.Augmentation.ColorJitter;

/** Moves are exact: every output is one of the pictures that plain loops allow. */
class AugmentationTest {
  private static final ColorJitter NO_COLOR = new ColorJitter(0, 0);
  private static final int BATCH = 32;

  /**
   * The input of one test: the same picture in every place of the batch, all its pixels different.
   */
  private record Sizes(int h, int w, int c) {
    double[] batch() {
      var size = h * w * c;
      return IntStream.range(0, BATCH * size).mapToDouble(i -> 1 + i % size).toArray();
    }

    Picture picture() {
      return Picture.of(batch(), 0, h, w, c);
    }
  }

  @Test
  void nothingIsDoneAndNothingDrawnWhenAllIsOff() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(GraphFixture.noise(1, 24), 2, 2, 2, 3);
      assertThat(Augmentation.NONE.apply(fixture.inference(), pixels)).isSameAs(pixels);
    }
  }

  @Test
  void anInferenceGraphIsNotAugmented() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(GraphFixture.noise(1, 24), 2, 2, 2, 3);
      assertThatIllegalStateException()
          .isThrownBy(() -> crop(1).apply(fixture.inference(), pixels))
          .withMessageContaining("augmentation");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, 3, 1",
    "4, 7, 1, 1",
    "28, 28, 1, 4",
    "6, 5, 2, 2",
    "2, 3, 3, 1",
    "33, 17, 3, 4"
  })
  void aCropIsTheImageShiftedAndPaddedWithZeros(int h, int w, int c, int padding) {
    var sizes = new Sizes(h, w, c);
    var counts = counts(crop(padding), sizes, sizes.picture().shifts(padding), 3);
    assertThat(counts.filter(n -> n > 0).count()).isGreaterThan(8);
  }

  @Test
  void everyShiftIsAboutAsFrequent() {
    var sizes = new Sizes(5, 4, 1);
    // 1,920 draws of 9 shifts: 213 each, standard deviation 14.
    assertThat(counts(crop(1), sizes, sizes.picture().shifts(1), 60))
        .hasSize(9)
        .allMatch(n -> n > 150 && n < 280);
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 3", "5, 7, 1", "3, 2, 1", "1, 5, 3"})
  void aFlipMirrorsHalfOfTheImages(int h, int w, int c) {
    var sizes = new Sizes(h, w, c);
    var flip = new Augmentation(0, true, false, NO_COLOR);
    // 960 draws: 480 each, standard deviation 15.5.
    assertThat(counts(flip, sizes, List.of(sizes.picture(), sizes.picture().mirrored()), 30))
        .allMatch(n -> n > 400 && n < 560);
  }

  @ParameterizedTest
  @CsvSource({"4, 3", "5, 1", "2, 1"})
  void aTurnIsOneOfFourAndNeverAMirrorImage(int size, int c) {
    var sizes = new Sizes(size, size, c);
    var turn = new Augmentation(0, false, true, NO_COLOR);
    // 960 draws: 240 each, standard deviation 13.4.
    assertThat(counts(turn, sizes, sizes.picture().turns(), 30))
        .hasSize(4)
        .allMatch(n -> n > 170 && n < 310);
  }

  @Test
  void turnsAndFlipsTogetherGiveTheEightSymmetriesOfTheSquare() {
    var sizes = new Sizes(5, 5, 3);
    var symmetries = new ArrayList<>(sizes.picture().turns());
    symmetries.addAll(sizes.picture().mirrored().turns());
    // 1,920 draws: 240 each, standard deviation 14.5.
    assertThat(counts(new Augmentation(0, true, true, NO_COLOR), sizes, symmetries, 60))
        .hasSize(8)
        .allMatch(n -> n > 165 && n < 315);
  }

  @Test
  void allMovesTogetherAreIndependent() {
    var sizes = new Sizes(4, 4, 1);
    var allowed = new ArrayList<Picture>();
    for (var turned : sizes.picture().turns()) {
      allowed.addAll(turned.shifts(1));
      allowed.addAll(turned.mirrored().shifts(1));
    }
    // 3,840 draws of 72 pictures: 53 each, standard deviation 7.2.
    assertThat(counts(new Augmentation(1, true, true, NO_COLOR), sizes, allowed, 120))
        .hasSize(72)
        .allMatch(n -> n > 20 && n < 90);
  }

  @Test
  void neighboursInABatchAreDrawnIndependently() {
    var sizes = new Sizes(1, 2, 1);
    try (var fixture = new GraphFixture()) {
      var moved =
          new Augmentation(0, true, false, NO_COLOR)
              .apply(fixture.training(), fixture.tensor(sizes.batch(), BATCH, 1, 2, 1));
      var pairs = new int[4];
      for (var step = 0; step < 60; step++) {
        var values = fixture.values(step, List.of(moved)).get(0);
        for (var image = 0; image < BATCH; image += 2) {
          pairs[(values[2 * image] == 1 ? 0 : 1) + (values[2 * image + 2] == 1 ? 0 : 2)]++;
        }
      }
      // 960 pairs: 240 each, standard deviation 13.4.
      assertThat(pairs).hasSize(4);
      assertThat(Arrays.stream(pairs)).allMatch(n -> n > 170 && n < 310);
    }
  }

  @Test
  void theSameSeedAndStepGiveTheSameImages() {
    var all = new Augmentation(2, true, true, new ColorJitter(0.1, 0.1));
    var first = augmented(7, all, 3);
    assertThat(augmented(7, all, 3)).isEqualTo(first);
    assertThat(augmented(7, all, 4)).isNotEqualTo(first);
    assertThat(augmented(8, all, 3)).isNotEqualTo(first);
  }

  @Test
  void movesKeepTheNumbersThatEarlierVersionsDrew() {
    var all = new Augmentation(2, true, true, NO_COLOR);
    assertThat(Arrays.hashCode(augmented(7, all, 5))).isEqualTo(2088136705);
  }

  @Test
  void imagesThatAreNotSquareCannotBeRotated() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(GraphFixture.noise(1, 24), 2, 3, 4, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new Augmentation(0, false, true, NO_COLOR).apply(fixture.training(), pixels))
          .withMessageContaining("square")
          .withMessageContaining("[2, 3, 4, 1]");
    }
  }

  private static Augmentation crop(int padding) {
    return new Augmentation(padding, false, false, NO_COLOR);
  }

  private static double[] augmented(long seed, Augmentation augmentation, long step) {
    var sizes = new Sizes(6, 6, 1);
    try (var fixture = new GraphFixture(seed)) {
      var pixels = fixture.tensor(sizes.batch(), BATCH, 6, 6, 1);
      return fixture.values(step, List.of(augmentation.apply(fixture.training(), pixels))).get(0);
    }
  }

  /** How often each allowed picture occurs; anything else fails. */
  private static IntStream counts(
      Augmentation augmentation, Sizes sizes, List<Picture> allowed, int steps) {
    var counts = new int[allowed.size()];
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(sizes.batch(), BATCH, sizes.h(), sizes.w(), sizes.c());
      var moved = augmentation.apply(fixture.training(), pixels);
      assertThat(moved.shape()).isEqualTo(pixels.shape());
      for (var step = 0; step < steps; step++) {
        var values = fixture.values(step, List.of(moved)).get(0);
        for (var image = 0; image < BATCH; image++) {
          var picture = Picture.of(values, image, sizes.h(), sizes.w(), sizes.c());
          assertThat(allowed).contains(picture);
          counts[allowed.indexOf(picture)]++;
        }
      }
    }
    return Arrays.stream(counts);
  }
}
