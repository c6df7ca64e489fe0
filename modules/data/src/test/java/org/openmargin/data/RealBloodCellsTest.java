package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openmargin.data.audit.AuditSettings;
import org.openmargin.data.audit.AuditedSet;
import org.openmargin.data.audit.DataAudit;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.source.MedMnist;
import org.openmargin.data.source.NpzSource;

/** The blood cell images next to the repository; skipped if they are missing. */
class RealBloodCellsTest {

  private static final Path DATA = Path.of("../../../shared/data");

  @BeforeAll
  static void needsTheImages() {
    assumeTrue(Files.isDirectory(DATA), "skipped: no ../shared/data next to the repository");
  }

  @Test
  void theRebuiltBloodMnistHasItsPublishedCounts() {
    var file = DATA.resolve("bloodmnist-rebuilt-28.npz");
    var dataset = new NpzSource(file, "BloodMNIST rebuilt from PBC", List.of()).load();
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
    var file = DATA.resolve("bloodmnist-rebuilt-28.npz");
    var dataset = new NpzSource(file, "blood", List.of()).load();
    var splits =
        OpenSetSplits.of(dataset, new ClassSplit(dataset.classNames(), List.of(6, 1, 3, 7)));
    assertThat(splits.training().classNames())
        .containsExactly("eosinophil", "immature granulocytes", "neutrophil", "platelet");
    assertThat(splits.test().known().count() + splits.test().unknown().count()).isEqualTo(3421);
  }

  @Test
  void thePhotographsLoadAsFolders() {
    var warnings = new ArrayList<String>();
    var settings =
        new FolderSource.Settings(
            new ImageGeometry(OptionalInt.of(200), 28, 28), 3, List.of(), SplitFractions.DEFAULT);
    var dataset = new FolderSource(DATA.resolve("pbc-jpeg"), "pbc", settings, warnings::add).load();
    assertThat(warnings).isEmpty();
    assertThat(dataset.classNames()).hasSize(8).contains("ig", "platelet");
    assertThat(DatasetSummary.of(dataset).total())
        .isEqualTo(new DatasetSummary.ClassCounts(-1, "total", 72, 8, 16));
  }

  @Test
  void aPhotographCroppedAndResizedIsNearestToItsRebuiltImage() {
    // The rebuilt set was made with another resampler and a JPEG pass: similar, not equal.
    var npz = DATA.resolve("bloodmnist-rebuilt-28.npz");
    var test = new NpzSource(npz, "blood", List.of()).load().test();
    var geometry = new ImageGeometry(OptionalInt.of(200), 28, 28);
    int compared = 0;
    for (int i = 0; i < test.count(); i++) {
      var file = DATA.resolve("pbc-jpeg").resolve(test.ids().get(i));
      if (test.ids().get(i).startsWith("platelet/") && Files.exists(file)) {
        var ours = ImageFiles.decode(file, 3).preprocessed(geometry);
        assertThat(nearest(Pixels.of(ours, 0), test.images())).isEqualTo(i);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(12);
  }

  private static int nearest(byte[] pixels, Images among) {
    var other = new byte[pixels.length];
    int best = -1;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < among.count(); i++) {
      among.copyTo(i, other, 0);
      long sum = 0;
      for (int p = 0; p < other.length; p++) {
        sum += Math.abs((pixels[p] & 0xff) - (other[p] & 0xff));
      }
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  /**
   * 17 pairs of files are equal, one of them under two labels; one cell was photographed twice. No
   * other pair of the 146 million is taken for the same.
   */
  @Test
  void theAuditFindsTheEqualPairsAndNothingElse() {
    var file = DATA.resolve("bloodmnist-rebuilt-28.npz");
    var set = AuditedSet.of(new NpzSource(file, "blood", List.of()).load(), group -> group);
    var result = new DataAudit(set, AuditSettings.DEFAULT, WorkListener.NONE).quick();
    assertThat(result.leaks()).isEmpty();
    assertThat(result.findings())
        .extracting(f -> f.kind() + " " + f.splits(), f -> f.evidence().size())
        .containsExactlyInAnyOrder(
            tuple("REPEATED ", 16),
            tuple("EQUAL_LABELS ", 1),
            tuple("NEAR_IMAGES validation and test", 1));
  }
}
