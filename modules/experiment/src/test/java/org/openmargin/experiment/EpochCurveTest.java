package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.experiment.Tiny.tiny;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.trainer.RunListener;

/** Test figures during training, for the record only. */
class EpochCurveTest {
  @TempDir Path folder;

  private static Experiment recorded(int epochs, int every) {
    return tiny("training.epochs=" + epochs, "training.record_every_epochs=" + every);
  }

  private static List<JsonObject> lines(Run run) throws IOException {
    return Files.readAllLines(run.files().epochCurve()).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static List<Integer> epochs(Run run) throws IOException {
    return lines(run).stream().map(line -> line.get("epoch").getAsInt()).toList();
  }

  @Test
  void theLastLineIsTheEvaluationAndRecordingChangesNothing() throws IOException {
    var run = recorded(3, 2).train(folder.resolve("recorded"));
    assertThat(epochs(run)).containsExactly(2, 3);
    var report = run.evaluate();
    var last = lines(run).get(1);
    assertThat(last.get("acc").getAsDouble()).isEqualTo(report.getAcc());
    assertThat(last.get("scorer").getAsString()).isEqualTo(report.getSelectedScorer());
    for (var scorer : report.getScorersList()) {
      var name = scorer.getName();
      assertThat(last.getAsJsonObject("auroc").get(name).getAsDouble())
          .isEqualTo(scorer.getAuroc());
      assertThat(last.getAsJsonObject("oscr").get(name).getAsDouble()).isEqualTo(scorer.getOscr());
    }
    assertThat(Files.readString(run.files().report())).contains("Epochs, for the record");
    var silent = tiny("training.epochs=3").train(folder.resolve("silent"));
    assertThat(silent.files().epochCurve()).doesNotExist();
    assertThat(silent.evaluate()).isEqualTo(report);
    assertThat(Files.readString(silent.files().predictions()))
        .isEqualTo(Files.readString(run.files().predictions()));
    assertThat(Files.readString(silent.files().report())).doesNotContain("for the record");
  }

  @Test
  void evaluationAndExportAreTheSameWhateverTheFileSays() throws IOException {
    var run = recorded(1, 1).train(folder.resolve("run"));
    var report = run.evaluate();
    var file = run.files().epochCurve();
    Files.writeString(file, Files.readString(file).replaceAll("0\\.\\d+", "0.125"));
    assertThat(run.evaluate()).isEqualTo(report);
    Files.delete(file);
    assertThat(run.evaluate()).isEqualTo(report);
  }

  @Test
  void aResumedRunHasEachEpochOnceEvenIfItWasKilledBeforeTheLineWasWritten() throws IOException {
    var stop =
        new RunListener() {
          @Override
          public Verdict validated(Validation validation) {
            return validation.at().epoch() == 2 ? Verdict.STOP : Verdict.GO_ON;
          }
        };
    var request = new TrainRequest(folder, Existing.REFUSE, List.of(stop));
    var run = recorded(4, 1).train(request);
    assertThat(epochs(run)).containsExactly(1, 2);
    var file = run.files().epochCurve();
    var lines = Files.readAllLines(file);
    var later = lines.get(1).replaceFirst("\"step\":\\d+", "\"step\":100000");
    Files.writeString(file, lines.get(0) + "\n" + later + "\n{\"step\":");
    var before = lines.get(1);
    recorded(4, 1).train(new TrainRequest(folder, Existing.RESUME, List.of()));
    assertThat(epochs(run)).containsExactly(1, 2, 3, 4);
    assertThat(Files.readAllLines(file).get(1)).isEqualTo(before);
  }

  @Test
  void aNewRunForgetsTheFileOfTheOldOne() throws IOException {
    recorded(2, 1).train(folder);
    var run =
        tiny("training.epochs=1").train(new TrainRequest(folder, Existing.OVERWRITE, List.of()));
    assertThat(run.files().epochCurve()).isEmptyFile();
  }
}
