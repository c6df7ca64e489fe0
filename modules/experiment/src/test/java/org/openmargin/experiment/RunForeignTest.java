package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ForeignGroup;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationText;

/** Images that belong to no class, in an evaluation. */
class RunForeignTest {
  @TempDir Path folder;

  private static EvaluationReport withoutForeign(EvaluationReport report) {
    return report.toBuilder().clearForeign().clearSets().build();
  }

  private static Run run(Path folder) {
    return tiny().train(folder.resolve("run"));
  }

  @Test
  void everyEvaluationAsksAboutForeignImages() throws IOException {
    var run = run(folder);
    var report = run.evaluate();
    assertThat(report.getForeignList())
        .hasSize(15)
        .extracting(ForeignGroup::getName)
        .contains("black", "page of text", "inverted");
    assertThat(report.getForeignList())
        .allSatisfy(group -> assertThat(group.getRejectionRate()).isBetween(0.0, 1.0))
        .allSatisfy(
            group -> assertThat(group.hasAcceptedAs()).isEqualTo(group.getRejectionRate() < 1));
    assertThat(EvaluatedRun.read(run.files().path()).evaluation()).isEqualTo(report);
    assertThat(String.join("\n", EvaluationText.lines(report))).contains("15 groups; worst: ");
    assertThat(Files.readString(run.files().report())).contains("Foreign images", "page of text");
    assertThat(run.evaluate()).as("the same images again").isEqualTo(report);
  }

  /** Known test images as files get the answers that they get as test images. */
  @Test
  void givenFilesAreAnsweredLikeTestImagesAndChangeNothing() throws IOException {
    var run = run(folder);
    var usual = run.evaluate();
    var predictions = Files.readString(run.files().predictions());
    var recipe = tiny().recipe();
    var known = recipe.splits(recipe.dataset()).test().known().images();
    var given = Files.createDirectories(folder.resolve("given/known again")).getParent();
    for (var i = 0; i < known.count(); i++) {
      Files.write(given.resolve("known again/%05d.png".formatted(i)), ImageFiles.png(known, i));
    }
    Files.writeString(given.resolve("broken.png"), "no image");
    Files.write(given.resolve("one.png"), ImageFiles.png(known, 0));
    var report = run.evaluate(EvaluateRequest.DEFAULT.withForeign(List.of(given)));
    assertThat(withoutForeign(report)).isEqualTo(withoutForeign(usual));
    assertThat(Files.readString(run.files().predictions())).isEqualTo(predictions);
    assertThat(report.getForeignList().subList(0, 15)).isEqualTo(usual.getForeignList());
    var groups = report.getForeignList().subList(15, report.getForeignCount());
    assertThat(groups).extracting(ForeignGroup::getName).containsExactly("given", "known again");
    assertThat(groups.get(0).getUnreadableList()).singleElement().asString().contains("broken.png");
    assertThat(groups.get(0).getImages()).isEqualTo(1);
    assertThat(groups.get(1).getImages()).isEqualTo(usual.getCounts().getKnownTest());
    assertThat(groups.get(1).getRejectionRate())
        .isEqualTo(usual.getDecision().getKnownRejectionRate());
    assertThat(Files.readString(run.files().report()))
        .contains("known again")
        .doesNotContain("broken.png\" src");
  }

  @Test
  void foldersThatCannotBeUsedAreRefusedBeforeAnythingIsWritten() throws IOException {
    var run = run(folder);
    var absent = EvaluateRequest.DEFAULT.withForeign(List.of(folder.resolve("absent")));
    assertThatThrownBy(() -> run.evaluate(absent))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("absent: no such folder");
    assertThat(run.files().evaluation()).doesNotExist();
    var images = tiny().recipe().dataset().test().images();
    var one = Files.createDirectories(folder.resolve("a/hands")).getParent();
    var two = Files.createDirectories(folder.resolve("b/hands")).getParent();
    Files.write(one.resolve("hands/1.png"), ImageFiles.png(images, 0));
    Files.write(two.resolve("hands/1.png"), ImageFiles.png(images, 0));
    assertThatThrownBy(() -> run.evaluate(EvaluateRequest.DEFAULT.withForeign(List.of(one, two))))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("already a group of foreign images called 'hands'");
  }
}
