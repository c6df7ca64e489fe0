package org.openmargin.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.Pixels;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.files.Sha256;

class SyntheticCellsTest {

  @Test
  void drawsEightClassesInThreeParts() {
    var dataset = cells(16, 5, 2, 3, 1);
    assertThat(dataset.classNames()).hasSize(8).doesNotHaveDuplicates();
    assertThat(DatasetSummary.of(dataset).classes())
        .allSatisfy(
            row -> {
              assertThat(row.train()).isEqualTo(5);
              assertThat(row.validation()).isEqualTo(2);
              assertThat(row.test()).isEqualTo(3);
            });
    assertThat(dataset.train().images()).hasToString("40 images of 16x16x3");
    assertThat(dataset.train().ids()).doesNotHaveDuplicates().contains("train/bilobed-dark/00004");
  }

  @Test
  void staysTheSameOnEveryMachine() {
    var dataset = cells(24, 3, 1, 1, 42);
    var pixels = new Sha256();
    for (var part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
      for (int i = 0; i < part.count(); i++) {
        pixels.add(new byte[] {0, 0, 0, (byte) part.labels()[i]}).add(Pixels.of(part.images(), i));
      }
    }
    assertThat(pixels.hex())
        .isEqualTo("3366e649b14001b5ff4505d1a10ac6f96a9d3965c967d0cdf4c055586193058c");
  }

  @Test
  void cellsThatAreTooManyForTheMemoryAreDrawnWhenOneAsks() {
    var settings = new SyntheticCells.Settings(16, 5, 2, 3, 1);
    var none = new ImageStorage(Path.of("never written"), 0, notice -> {});
    var drawn = new SyntheticCells(settings, none).load();
    var loaded = new SyntheticCells(settings).load();
    assertThat(drawn.digest()).isEqualTo(loaded.digest());
    assertThat(drawn.train().ids()).isEqualTo(loaded.train().ids());
    for (int i = 0; i < 24; i++) {
      assertThat(Pixels.of(drawn.test().images(), i))
          .isEqualTo(Pixels.of(loaded.test().images(), i));
    }
  }

  @Test
  void aMillionCellsAreThereAtOnce() {
    var settings = new SyntheticCells.Settings(96, 100_000, 25_000, 1, 1);
    var small = new ImageStorage(Path.of("never written"), 1 << 20, notice -> {});
    var dataset = new SyntheticCells(settings, small).load();
    assertThat(dataset.train().count()).isEqualTo(800_000);
    assertThat(Pixels.of(dataset.train().images(), 799_999)).hasSize(96 * 96 * 3);
  }

  @Test
  void anotherSeedDrawsOtherCells() {
    assertThat(cells(16, 1, 1, 1, 1).digest())
        .isEqualTo(cells(16, 1, 1, 1, 1).digest())
        .isNotEqualTo(cells(16, 1, 1, 1, 2).digest());
  }

  @Test
  void anImageDoesNotDependOnHowManyAreDrawn() {
    var few = cells(16, 2, 1, 1, 9).train();
    var many = cells(16, 6, 1, 1, 9).train();
    int inFew = few.ids().indexOf("train/segmented/00001");
    int inMany = many.ids().indexOf("train/segmented/00001");
    assertThat(Pixels.of(few.images(), inFew)).isEqualTo(Pixels.of(many.images(), inMany));
  }

  @Test
  void noImageIsDrawnTwice() {
    var dataset = cells(16, 20, 10, 10, 0);
    var seen = new HashSet<List<Integer>>();
    for (var part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
      for (int i = 0; i < part.count(); i++) {
        var pixels = new ArrayList<Integer>();
        for (int value : Pixels.unsigned(part.images(), i)) {
          pixels.add(value);
        }
        assertThat(seen.add(pixels)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 96})
  void theMiddleIsStainedAndTheBackgroundPale(int sizePx) {
    var train = cells(sizePx, 10, 1, 1, 3).train();
    double middle = 0;
    double all = 0;
    for (int i = 0; i < train.count(); i++) {
      var pixels = Pixels.unsigned(train.images(), i);
      int centre = (sizePx / 2 * sizePx + sizePx / 2) * 3;
      middle += pixels[centre + 1];
      for (int p = 1; p < pixels.length; p += 3) {
        all += (double) pixels[p] * 3 / pixels.length;
      }
    }
    assertThat(all / train.count()).isBetween(160.0, 235.0);
    assertThat(middle / train.count()).isLessThan(all / train.count() - 50);
  }

  @Test
  void aSimpleRuleTellsSomeClassesApartButNotAll() {
    // Nearest class mean of the pixels: above chance (1/8) by far, below what a network reaches.
    var dataset = cells(16, 60, 1, 20, 5);
    var means = means(dataset.train());
    int right = 0;
    for (int i = 0; i < dataset.test().count(); i++) {
      var pixels = Pixels.unsigned(dataset.test().images(), i);
      right += nearest(means, pixels) == dataset.test().labels()[i] ? 1 : 0;
    }
    assertThat((double) right / dataset.test().count()).isBetween(0.35, 0.85);
  }

  @Test
  void refusesImpossibleSizes() {
    assertThatThrownBy(() -> cells(7, 1, 1, 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("8 to 1024");
    assertThatThrownBy(() -> cells(16, 1, 0, 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 1 each");
  }

  private static double[][] means(LabeledImages part) {
    var means = new double[8][part.images().bytesPerImage()];
    for (int i = 0; i < part.count(); i++) {
      var pixels = Pixels.unsigned(part.images(), i);
      for (int p = 0; p < pixels.length; p++) {
        means[part.labels()[i]][p] += pixels[p] * 8.0 / part.count();
      }
    }
    return means;
  }

  private static int nearest(double[][] means, int[] pixels) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int k = 0; k < means.length; k++) {
      double distance = 0;
      for (int p = 0; p < pixels.length; p++) {
        distance += (means[k][p] - pixels[p]) * (means[k][p] - pixels[p]);
      }
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }

  private static Dataset cells(int sizePx, int train, int validation, int test, long seed) {
    return new SyntheticCells(new SyntheticCells.Settings(sizePx, train, validation, test, seed))
        .load();
  }
}
