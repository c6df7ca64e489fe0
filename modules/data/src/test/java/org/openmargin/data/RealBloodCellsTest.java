package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The blood cell images next to the repository; skipped where they are not. */
class RealBloodCellsTest {

  private static final Path DATA = Path.of("../../../shared/data");

  @BeforeAll
  static void needsTheImages() {
    assumeTrue(Files.isDirectory(DATA), "skipped: no ../shared/data next to the repository");
  }

  @Test
  void theRebuiltBloodMnistHasItsPublishedCounts() {
    Path file = DATA.resolve("bloodmnist-rebuilt-28.npz");
    Dataset dataset = new NpzSource(file, "BloodMNIST rebuilt from PBC", List.of()).load();
    assertThat(dataset.classNames()).isEqualTo(MedMnist.named("bloodmnist").classNames());
    assertThat(dataset.train().images()).hasToString("11959 images of 28x28x3");
    assertThat(dataset.validation().images()).hasToString("1712 images of 28x28x3");
    assertThat(dataset.test().images()).hasToString("3421 images of 28x28x3");
    // Class counts of BloodMNIST (Yang et al. 2023): 17,092 images of 8 classes.
    assertThat(DatasetSummary.of(dataset).classes())
        .extracting(DatasetSummary.ClassCounts::total)
        .containsExactly(1218, 3117, 1551, 2895, 1214, 1420, 3329, 2348);
    assertThat(dataset.train().ids()).doesNotHaveDuplicates().allMatch(id -> id.contains("_"));
  }

  @Test
  void splitsByTheFirstTrial() {
    Path file = DATA.resolve("bloodmnist-rebuilt-28.npz");
    Dataset dataset = new NpzSource(file, "blood", List.of()).load();
    OpenSetSplits splits =
        OpenSetSplits.of(dataset, new ClassSplit(dataset.classNames(), List.of(6, 1, 3, 7)));
    assertThat(splits.training().classNames())
        .containsExactly("eosinophil", "immature granulocytes", "neutrophil", "platelet");
    assertThat(splits.test().known().count() + splits.test().unknown().count()).isEqualTo(3421);
  }

  @Test
  void thePhotographsLoadAsFolders() {
    List<String> warnings = new ArrayList<>();
    FolderSource.Settings settings =
        new FolderSource.Settings(
            new ImageGeometry(OptionalInt.of(200), 28, 28), 3, List.of(), SplitFractions.DEFAULT);
    Dataset dataset =
        new FolderSource(DATA.resolve("pbc-jpeg"), "pbc", settings, warnings::add).load();
    assertThat(warnings).isEmpty();
    assertThat(dataset.classNames()).hasSize(8).contains("ig", "platelet");
    assertThat(DatasetSummary.of(dataset).total())
        .isEqualTo(new DatasetSummary.ClassCounts(-1, "total", 72, 8, 16));
  }

  @Test
  void aPhotographCroppedAndResizedLooksLikeItsRebuiltImage() {
    // The rebuilt set was made by another resampler and a JPEG pass: near, not equal.
    Path npz = DATA.resolve("bloodmnist-rebuilt-28.npz");
    LabeledImages test = new NpzSource(npz, "blood", List.of()).load().test();
    Path photographs = DATA.resolve("pbc-jpeg/platelet");
    ImageGeometry geometry = new ImageGeometry(OptionalInt.of(200), 28, 28);
    int compared = 0;
    for (int i = 0; i < test.count(); i++) {
      String name = test.ids().get(i);
      Path file = photographs.resolve(name.substring(name.lastIndexOf('/') + 1));
      if (Files.exists(file)) {
        int[] ours = Pixels.unsigned(ImageFiles.decode(file, 3).preprocessed(geometry), 0);
        assertThat(meanDifference(ours, Pixels.unsigned(test.images(), i))).isLessThan(6);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(12);
  }

  private static double meanDifference(int[] a, int[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }
}
