package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.data.DataException;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.map.MapText;
import org.openmargin.report.EvaluationText;
import org.openmargin.serving.OpenSetClassifier;

/** The usual application: every class is known, and there is no image of an unknown one. */
class AllKnownTest {
  private static final String[] ALL = {
    "data.known_classes=",
    "scoring.selected=COMBINATION",
    "scoring.features={ maps: [\"stem\"] stain_statistics {} }",
    "training.record_every_epochs=1",
    "data.synthetic_cells.test_images_per_class=6"
  };

  @TempDir Path folder;

  @Test
  void openSetFiguresAreMissingAndEverythingElseIsThere() throws IOException {
    var notices = new ArrayList<String>();
    var run = tiny(ALL).withNotices(notices::add).train(folder.resolve("run"));
    assertThat(notices).anyMatch(notice -> notice.startsWith("all 8 classes are known: "));
    var report = run.evaluate();
    assertThat(report.getKnownClassesList()).isEqualTo(SyntheticCells.CLASS_NAMES);
    assertThat(report.getUnknownClassesList()).isEmpty();
    assertThat(report.getOpenSetNotMeasured()).isEqualTo("no unknown test images");
    assertThat(report.hasAuroc() || report.hasOscr()).isFalse();
    assertThat(report.getDecision().hasUnknownRejectionRate()).isFalse();
    assertThat(report.getDecision().hasMacroF1()).isFalse();
    assertThat(report.getDecision().getGuard().hasUnknownRate()).isFalse();
    assertThat(report.getDecision().getGuard().hasKnownRate()).isTrue();
    assertThat(report.getThresholdsList()).isNotEmpty();
    assertThat(report.getForeignList()).isNotEmpty();
    for (var scorer : report.getScorersList()) {
      assertThat(scorer.hasAuroc() || scorer.hasOscr() || scorer.getCcrAtFprCount() > 0).isFalse();
      assertThat(scorer.hasAurcKnown()).isTrue();
      assertThat(scorer.hasUnknownRejectionRate()).isFalse();
    }
    assertThat(String.join("\n", EvaluationText.lines(report)))
        .contains("not measured: no unknown test images", "openmargin rehearse EXPERIMENT")
        .doesNotContain("NaN", "0.0000");
    assertThat(Files.readString(run.files().evaluation())).doesNotContain("NaN", "oscr");
    assertThat(JsonMessage.text(report.toBuilder().clearSets().build()))
        .doesNotContain("NaN", "auroc", "oscr");
    assertThat(report.getSetsList())
        .extracting(EvaluationReport.ImageSet::getKind)
        .isNotEmpty()
        .doesNotContain(EvaluationReport.ImageSet.Kind.NEAR_UNKNOWN);
    assertThat(Files.readString(run.files().report()))
        .contains("no unknown test images")
        .doesNotContain("NaN");
    exported(run);
    map(run);
    assertThat(Files.readString(run.failures(FailuresRequest.DEFAULT))).doesNotContain("NaN");
  }

  private void exported(Run run) throws IOException {
    try (var classifier = OpenSetClassifier.load(run.export(folder.resolve("models")))) {
      assertThat(classifier.classNames()).isEqualTo(SyntheticCells.CLASS_NAMES);
    }
  }

  private static void map(Run run) throws IOException {
    var map = run.map();
    assertThat(map.distances()).allMatch(distances -> distances.ratios().auroc().isEmpty());
    assertThat(String.join("\n", MapText.lines(map)))
        .contains("not measured")
        .doesNotContain("NaN");
    try (var files = Files.list(run.files().map().path())) {
      for (var file : files.filter(f -> f.toString().endsWith("json")).toList()) {
        assertThat(Files.readString(file)).doesNotContain("NaN", "Infinity");
      }
    }
  }

  @Test
  void classesAreTheSameByIdAndByName() {
    var names = SyntheticCells.CLASS_NAMES;
    var byName = tiny("data.known_classes=%s,4,%s".formatted(names.get(6), names.get(1)));
    assertThat(byName.knownClasses(byName.describeData())).containsExactly(1, 4, 6);
    var report = byName.train(folder.resolve("named")).evaluate();
    var other = tiny("data.known_classes=1,4,6").train(folder.resolve("by-id")).evaluate();
    assertThat(report).isEqualTo(other);
    assertThat(Experiment.open(folder.resolve("named")).evaluate()).isEqualTo(report);
  }

  @Test
  void aNameThatNoClassHasIsAnsweredWithTheNearestAndTheList() {
    var name = SyntheticCells.CLASS_NAMES.get(2);
    var misspelt = name.substring(0, name.length() - 1);
    assertThatThrownBy(() -> tiny("data.known_classes=0,1," + misspelt).train(folder.resolve("r")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "data.known_classes: no class is called '" + misspelt + "'",
            "did you mean '" + name + "'?",
            String.join(", ", SyntheticCells.CLASS_NAMES));
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @Test
  void aRehearsalTakesNamesAndChecksThemAgainstTheImages() {
    var names = SyntheticCells.CLASS_NAMES;
    var rehearsed =
        "data.rehearsal={ class_names: [\"%s\", \"%s\", \"%s\"] }"
            .formatted(names.get(0), names.get(1), names.get(2));
    var held = tiny("data.known_classes=0," + names.get(1), rehearsed);
    var counts = held.describeData().classes().stream().map(c -> c.test() > 0).toList();
    assertThat(counts).isEqualTo(List.of(true, true, true, false, false, false, false, false));
    assertThatThrownBy(() -> tiny("data.known_classes=0," + names.get(5), rehearsed).describeData())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must contain all known classes");
  }
}
