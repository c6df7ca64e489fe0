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
import org.openmargin.config.text.ConfigException;
import org.openmargin.nn.InputFormat;
import org.openmargin.serving.OpenSetClassifier;

/** From an experiment to a served model, and back from its folder. */
class ExperimentTest {
  private static final Path FOREIGN = Path.of("../model/src/test/resources/keras-tiny");
  private static final Path EXPERIMENTS = Path.of("../../proto/experiments");

  @TempDir Path folder;

  @Test
  void trainsEvaluatesAndExports() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    var report = run.evaluate();
    assertThat(report.getAcc()).isBetween(0.0, 1.0);
    assertThat(report.getScorersList())
        .extracting(s -> s.getName())
        .containsExactly(
            "max_probability_open", "max_probability_closed", "max_logit", "energy", "max_cosine");
    assertThat(report.getSelectedScorer()).isEqualTo("max_probability_open");
    assertThat(report.getAuroc()).isEqualTo(report.getScorers(0).getAuroc());
    for (var file :
        List.of(
            "experiment.textproto",
            "provenance.json",
            "metrics.jsonl",
            "predictions.csv",
            "evaluation.json",
            "report.html")) {
      assertThat(folder.resolve("run").resolve(file)).isNotEmptyFile();
    }
    assertThat(Files.readString(run.files().evaluation()))
        .contains("\"acc\":", "\"oscrArplCompatible\":", "\"fprAt95Tpr\":", "\"selectedScorer\":")
        .contains("\"ece\":", "\"augrc\":", "\"intervals\":", "\"low\":", "\"resamples\": 1000");
    var model = run.export(folder.resolve("savedmodels"));
    assertThat(model.getFileName()).hasToString("1");
    assertThat(run.export(folder.resolve("savedmodels")).getFileName()).hasToString("2");
    try (var classifier = OpenSetClassifier.load(model)) {
      assertThat(classifier.classNames()).isEqualTo(report.getKnownClassesList());
    }
  }

  @Test
  void aRunIsOpenedAgainAndEvaluatesToTheSameNumbers() {
    var report = tiny().train(folder.resolve("run")).evaluate();
    assertThat(Experiment.open(folder.resolve("run")).evaluate()).isEqualTo(report);
  }

  @Test
  void everyShippedExperimentIsWired() throws IOException {
    try (var files = Files.walk(EXPERIMENTS)) {
      var all = files.filter(file -> file.toString().endsWith(".textproto")).toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo(7);
      for (var file : all) {
        var text = Files.readString(file);
        var paths = new ArrayList<String>();
        if (text.contains("npz {")) {
          paths.add("data.npz.path=some.npz");
        }
        if (text.contains("folder {")) {
          paths.add("data.folder.path=some");
        }
        if (text.contains("manifest {")) {
          paths.add("data.manifest.path=some.csv");
        }
        if (text.contains("saved_model {")) {
          paths.add("model.saved_model.path=" + FOREIGN);
        }
        var recipe = Experiment.read(file, paths.toArray(String[]::new)).recipe();
        assertThat(recipe.parts().backbone().embeddingSize(InputFormat.of(28, 28, 3)))
            .as(file.toString())
            .isPositive();
      }
    }
  }

  @Test
  void problemsOfAnExperimentComeAllAtOnce() {
    assertThatThrownBy(() -> tiny("training.epochs=0", "loss.omcl.threshold=7"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.epochs")
        .hasMessageContaining("loss.omcl.threshold");
  }
}
