package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.ReportException;
import org.openmargin.report.TestAnswer;

class RunFailuresTest {
  @TempDir Path folder;

  @Test
  void thePageShowsImagesOnlyWhenAskedAndIsGoneAfterTheNextEvaluation() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    assertThatThrownBy(() -> run.failures(FailuresRequest.DEFAULT))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining(").evaluate()");
    run.evaluate();
    var page = run.failures(FailuresRequest.DEFAULT);
    assertThat(Files.readString(page)).contains("Unknown classes by answer").doesNotContain("<img");
    run.failures(new FailuresRequest(true, 2, Optional.empty()));
    assertThat(Files.readString(page))
        .contains("<img src=\"data:image/png;base64,iVBORw0KGgo", "Grad-CAM", "test/");
    run.evaluate();
    assertThat(page).doesNotExist();
  }

  @Test
  void aReportHasPicturesOfItsWrongAnswersWithoutACheckpoint() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    run.evaluate();
    try (var files = Files.walk(run.files().checkpoints())) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
    var evaluated = EvaluatedRun.read(run.files().path());
    var shown = EvaluationHtml.pictured(evaluated);
    var pictures = run.pictures(shown);
    assertThat(pictures.keySet())
        .containsExactlyInAnyOrderElementsOf(shown.stream().map(TestAnswer::id).toList())
        .isNotEmpty();
    assertThat(pictures.values()).allSatisfy(picture -> assertThat(picture.heat()).isEmpty());
    EvaluationHtml.write(run.files().report(), evaluated, pictures);
    assertThat(Files.readString(run.files().report()))
        .contains("<img src=\"data:image/png;base64,");
  }

  @Test
  void imagesThatAreNotThoseOfTheEvaluationAreRefused() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    run.evaluate();
    var file = run.files().predictions();
    Files.writeString(file, Files.readString(file).replace("test/", "elsewhere/"));
    assertThatThrownBy(() -> run.failures(new FailuresRequest(true, 2, Optional.empty())))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("elsewhere/")
        .hasMessageContaining("not among the test images");
    assertThatThrownBy(() -> new FailuresRequest(true, 0, Optional.empty()))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("FailuresRequest.most");
  }
}
