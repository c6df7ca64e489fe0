package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.ImagesBuilder;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.audit.AuditSettings;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.report.ResultFiles;

/** What training and test share stops a training before its first step, unless it is accepted. */
class LeakTest {
  private static final Pattern NAME = Pattern.compile("\"([a-z-]+/[0-9a-f]{12})\"");

  @TempDir Path folder;

  private Dataset cells;

  @BeforeEach
  void draw() {
    cells = new SyntheticCells(new SyntheticCells.Settings(32, 16, 20, 8, 0)).load();
  }

  /** Every kind of leak between training and test: equal, nearly equal, of one patient. */
  private Dataset leaking() {
    var train = cells.train();
    var test = cells.test();
    var one = new byte[train.images().bytesPerImage()];
    var builder = new ImagesBuilder(train.images().shape());
    for (var i = 0; i < test.count(); i++) {
      test.images().copyTo(i, one, 0);
      if (i < 2) {
        train.images().copyTo(i, one, 0);
        for (var at = 0; i == 1 && at < one.length; at++) {
          one[at] = (byte) ((one[at] & 0xff) * 9 / 10);
        }
      }
      builder.add(one, 0);
    }
    return new Dataset(
        "leaking",
        cells.classNames(),
        grouped(train, train.images(), "a"),
        grouped(cells.validation(), cells.validation().images(), "b"),
        grouped(test, builder.build(), "c"),
        "0");
  }

  /** Each image is of a patient of its own, but for the third of each part. */
  private static LabeledImages grouped(LabeledImages part, Images images, String prefix) {
    var groups = new ArrayList<String>();
    for (var i = 0; i < part.count(); i++) {
      groups.add(i == 2 && !prefix.equals("b") ? "Doe, John" : prefix + i);
    }
    return new LabeledImages(images, part.labels(), part.ids(), groups);
  }

  private Experiment experiment(Dataset dataset, String... overrides) {
    var all = new ArrayList<>(List.of("data.custom={ name: \"cells\" }"));
    all.addAll(List.of(overrides));
    return tiny(all.toArray(String[]::new)).withDataSource("cells", parameters -> () -> dataset);
  }

  private String refusal() {
    try {
      experiment(leaking()).requireTrainable();
      return "nothing was refused";
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  @Test
  void allLeaksAreNamedAndNothingIsTrained() {
    var run = folder.resolve("run");
    assertThat(refusal()).contains("equal-images/", "near-images/", "shared-groups/");
    assertThat(refusal()).contains("1 in train, 1 in test").doesNotContain("Doe");
    assertThatThrownBy(() -> experiment(leaking()).train(run))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("equal-images/", "near-images/", "shared-groups/");
    assertThat(run).doesNotExist();
  }

  @Test
  void acceptedLeaksAreTrainedWithAndRecorded() {
    var names = NAME.matcher(refusal()).results().map(found -> found.group(1)).toList();
    assertThat(names).hasSize(3);
    var notices = new ArrayList<String>();
    var run = folder.resolve("run");
    experiment(
            leaking(), "data.acknowledged_leaks=[\"%s\"]".formatted(String.join("\", \"", names)))
        .withNotices(notices::add)
        .train(run);
    assertThat(notices).filteredOn(notice -> notice.startsWith("accepted: ")).hasSize(3);
    assertThat(new RunFolder(run).audit()).exists().content().doesNotContain("Doe");
    var audit = new ResultFiles(run).readAudit().orElseThrow();
    assertThat(audit.getAcknowledgedLeaksList()).isEqualTo(names);
    assertThat(audit.getFindingsList()).filteredOn(finding -> finding.getLeak()).hasSize(3);
  }

  @Test
  void aKindAcceptsAllOfItAndNoMore() {
    assertThatThrownBy(
            () ->
                experiment(leaking(), "data.acknowledged_leaks=[\"equal-images\", \"near-images\"]")
                    .requireTrainable())
        .hasMessageContaining("shared-groups/")
        .message()
        .doesNotContain("[near-images");
  }

  @Test
  void namesOfNothingAreSaid() {
    var notices = new ArrayList<String>();
    var stale = "data.acknowledged_leaks=[\"near-images/0123456789ab\"]";
    assertThatCode(() -> experiment(cells, stale).withNotices(notices::add).requireTrainable())
        .doesNotThrowAnyException();
    assertThat(notices)
        .contains(
            "data.acknowledged_leaks: near-images/0123456789ab fits nothing that was found; delete it");
  }

  @Test
  void theAuditOfAnExperimentTellsWhatItsValidationImagesAllow() {
    var audit = experiment(leaking()).audit(AuditSettings.DEFAULT).message();
    // 4 known classes of 20 images: 1/81.
    assertThat(audit.getCalibration().getValidationImages()).isEqualTo(80);
    assertThat(audit.getCalibration().getSmallestAlpha()).isEqualTo(0.013);
    assertThat(audit.getConfoundingCount()).isEqualTo(2);
    assertThat(audit.toString()).doesNotContain("Doe");
  }
}
