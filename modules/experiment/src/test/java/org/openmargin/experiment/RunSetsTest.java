package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ImageSet;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.sets.SetRequest;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationText;

/** Known, shifted known, near unknown and far unknown images in one evaluation. */
class RunSetsTest {
  @TempDir static Path folder;
  private static Run run;
  private static EvaluationReport usual;

  @BeforeAll
  static void train() {
    run = tiny().train(folder.resolve("run"));
    usual = run.evaluate();
  }

  private static EvaluationReport withoutSets(EvaluationReport report) {
    return report.toBuilder().clearSets().build();
  }

  /** Known test images as files, in a folder for each class. */
  private static Path knownAgain(String name) throws IOException {
    var recipe = tiny().recipe();
    var splits = recipe.splits(recipe.dataset());
    var known = splits.test().known();
    var given = folder.resolve(name);
    for (var i = 0; i < known.count(); i++) {
      var label = splits.split().knownNames().get(known.labels()[i]);
      Files.createDirectories(given.resolve(label));
      Files.write(
          given.resolve(label).resolve("%05d.png".formatted(i)), ImageFiles.png(known.images(), i));
    }
    return given;
  }

  @Test
  void everySetHasARowInEveryForm() throws IOException {
    assertThat(usual.getSetsList())
        .extracting(ImageSet::getKind)
        .containsExactly(ImageSet.Kind.values());
    var known = usual.getSets(0).getFigures();
    assertThat(known.getImages()).isEqualTo(usual.getCounts().getKnownTest());
    assertThat(known.getAcc()).isEqualTo(usual.getAcc());
    assertThat(known.getAccInterval()).isEqualTo(usual.getIntervals().getAcc());
    assertThat(known.getRejectionRate()).isEqualTo(usual.getDecision().getKnownRejectionRate());
    var near = usual.getSets(2).getFigures();
    assertThat(near.getImages()).isEqualTo(usual.getCounts().getUnknownTest());
    assertThat(near.getAuroc()).isEqualTo(usual.getAuroc());
    assertThat(near.getAurocInterval()).isEqualTo(usual.getIntervals().getAuroc());
    assertThat(near.getRejectionRate()).isEqualTo(usual.getDecision().getUnknownRejectionRate());
    var far = usual.getSets(3).getFigures();
    assertThat(far.getImages())
        .isEqualTo(usual.getForeignList().stream().mapToInt(g -> g.getImages()).sum());
    assertThat(far.getRejectionRate())
        .isCloseTo(
            usual.getForeignList().stream()
                    .mapToDouble(g -> g.getRejectionRate() * g.getImages())
                    .sum()
                / far.getImages(),
            within(1e-9));
    assertThat(usual.getSets(1).getPartsList())
        .extracting(ImageSet.Part::getName)
        .containsExactly(
            "noise, severity 3", "blur, severity 3", "brightness, severity 3", "JPEG, severity 3");
    assertThat(EvaluationText.lines(usual))
        .anyMatch(line -> line.startsWith("shifted known "))
        .anyMatch(line -> line.startsWith("far unknown "));
    assertThat(Files.readString(run.files().report()))
        .contains("Near and far", "shifted known", "JPEG, severity 3", "near unknown");
    assertThat(EvaluatedRun.read(run.files().path()).evaluation().getSetsList()).hasSize(4);
  }

  /** Files of the known test images get the answers of the test images and change nothing else. */
  @Test
  void givenFoldersAreAnsweredLikeTestImagesAndInfluenceNothing() throws IOException {
    var predictions = Files.readString(run.files().predictions());
    var request = new SetRequest(List.of(), List.of(knownAgain("site B")), List.of());
    var report = run.evaluate(new EvaluateRequest(new ScorerChoice.OfExperiment(), request));
    assertThat(withoutSets(report)).isEqualTo(withoutSets(usual));
    assertThat(Files.readString(run.files().predictions())).isEqualTo(predictions);
    var shifted = report.getSets(1);
    assertThat(shifted.getPartsList()).extracting(ImageSet.Part::getName).containsExactly("site B");
    var known = report.getSets(0).getFigures();
    assertThat(shifted.getFigures().getAcc()).isEqualTo(known.getAcc());
    assertThat(shifted.getFigures().getAcceptedAcc()).isEqualTo(known.getAcceptedAcc());
    assertThat(shifted.getFigures().getRejectionRate()).isEqualTo(known.getRejectionRate());
    assertThat(shifted.getFigures().getAuroc()).isEqualTo(0.5);
  }

  @Test
  void withoutShiftedImagesThereIsNoSuchRow() {
    var request = new SetRequest(List.of(), List.of(), List.of());
    var report = run.evaluate(new EvaluateRequest(new ScorerChoice.OfExperiment(), request));
    assertThat(report.getSetsList())
        .extracting(ImageSet::getKind)
        .containsExactly(
            ImageSet.Kind.KNOWN, ImageSet.Kind.NEAR_UNKNOWN, ImageSet.Kind.FAR_UNKNOWN);
    assertThat(report.getSets(2).getFigures().hasFullSpectrumAuroc()).isFalse();
  }

  @Test
  void requestsThatCannotBeMetAreRefused() throws IOException {
    assertThatThrownBy(() -> new SetRequest(List.of(), List.of(), List.of(3, 6)))
        .isInstanceOf(RunException.class)
        .hasMessage("severity 6: corruptions have severities 1 to 5");
    var strange = Files.createDirectories(folder.resolve("strange/horses")).getParent();
    Files.write(
        strange.resolve("horses/1.png"),
        ImageFiles.png(tiny().recipe().dataset().test().images(), 0));
    assertThatThrownBy(() -> run.evaluate(EvaluateRequest.DEFAULT.withShifted(List.of(strange))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("horses is none");
    var twice = knownAgain("a/same");
    var again = knownAgain("b/same");
    var both = EvaluateRequest.DEFAULT.withShifted(List.of(twice, again));
    assertThatThrownBy(() -> run.evaluate(both))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("already a group of shifted images called 'same'");
  }
}
