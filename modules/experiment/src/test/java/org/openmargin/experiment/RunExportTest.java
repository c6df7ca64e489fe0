package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.experiment.Tiny.encoded;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;

/** An exported model answers as the evaluation did; otherwise the export fails. */
class RunExportTest {
  @TempDir Path folder;

  @Test
  void aServedFileIsSeenAsInTraining() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    run.evaluate();
    var cells = new SyntheticCells(new SyntheticCells.Settings(90, 1, 1, 1, 5)).load();
    try (var classifier = OpenSetClassifier.load(run.export(folder.resolve("savedmodels")))) {
      for (var format : List.of("jpg", "png")) {
        var file = encoded(cells.test().images(), format);
        var seen = ImageFiles.decode(file, 3).preprocessed(ImageGeometry.square(32));
        var pixels = new byte[seen.bytesPerImage()];
        seen.copyTo(0, pixels, 0);
        var trained = classifier.classify(pixels, 32, 32);
        var served = classifier.classifyEncoded(List.of(file)).get(0);
        assertThat(served.embedding()).as(format).isEqualTo(trained.embedding());
        assertThat(served.unknownScore()).as(format).isEqualTo(trained.unknownScore());
      }
    }
  }

  @Test
  void aTurnedImageIsAnsweredAlikeByAModelOfEightViews() throws IOException {
    var single = tiny().train(folder.resolve("run"));
    var report = single.evaluate();
    var run = Experiment.open(folder.resolve("run"), "scoring.views=DIHEDRAL");
    assertThatThrownBy(() -> run.export(folder.resolve("savedmodels")))
        .as("what was evaluated is the single view")
        .isInstanceOf(ModelException.class);
    assertThat(run.evaluate().getAuroc()).isNotEqualTo(report.getAuroc());
    var model = run.export(folder.resolve("savedmodels"));
    assertThat(model.resolve("assets.extra/open_set.json")).content().contains("\"views\": 8");
    var cells = new SyntheticCells(new SyntheticCells.Settings(32, 1, 1, 1, 5)).load();
    var pixels = new byte[32 * 32 * 3];
    cells.test().images().copyTo(0, pixels, 0);
    try (var classifier = OpenSetClassifier.load(model)) {
      var answer = classifier.classify(pixels, 32, 32);
      var turned = classifier.classify(turned(pixels, 32), 32, 32);
      assertThat(turned.label()).isEqualTo(answer.label());
      assertThat(turned.unknownScore()).isCloseTo(answer.unknownScore(), within(1e-4));
    }
  }

  /** By a quarter, against the clock. */
  private static byte[] turned(byte[] pixels, int size) {
    var turned = new byte[pixels.length];
    for (var row = 0; row < size; row++) {
      for (var column = 0; column < size; column++) {
        var from = 3 * (column * size + size - 1 - row);
        System.arraycopy(pixels, from, turned, 3 * (row * size + column), 3);
      }
    }
    return turned;
  }

  @Test
  void anExportThatDiffersFromTheEvaluationIsRefused() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    run.evaluate();
    var lines = new ArrayList<>(Files.readAllLines(run.files().predictions()));
    var last = lines.get(5);
    lines.set(5, last.substring(0, last.lastIndexOf(',')) + ",123.5");
    Files.write(run.files().predictions(), lines);
    assertThatThrownBy(() -> run.export(folder.resolve("savedmodels")))
        .isInstanceOf(ModelException.class);
    assertThat(folder.resolve("savedmodels/tiny/1")).doesNotExist();
  }

  @Test
  void aRunWithoutEvaluationIsNotExported() {
    var run = tiny().train(folder.resolve("run"));
    assertThatThrownBy(() -> run.export(folder.resolve("savedmodels")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("has not been evaluated yet");
  }
}
