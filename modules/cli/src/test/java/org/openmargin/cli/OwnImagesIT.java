package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.config.Experiments;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.synthetic.SyntheticCells;

/** From a folder of one's own images to answers, in four commands without an edit. */
class OwnImagesIT {
  private static final List<String> CLASSES =
      List.of("basophil", "eosinophil", "red cell", "blast \u4e2d", "it's \"new\"");

  @TempDir private Path folder;

  /** Drawn cells in class folders, others for each number. */
  private Path images(int classes, int each) throws IOException {
    var settings = new SyntheticCells.Settings(40, each, 1, 1, each);
    var drawn = new SyntheticCells(settings).load().train();
    var chosen =
        Stream.iterate(0, i -> i < drawn.count(), i -> i + 1)
            .filter(i -> drawn.labels()[i] < classes)
            .mapToInt(i -> i)
            .toArray();
    for (var i : chosen) {
      var name = CLASSES.get(drawn.labels()[i]) + "/" + i;
      var one =
          new LabeledImages(
              drawn.images().range(i, 1), new int[] {drawn.labels()[i]}, List.of(name));
      DrawnImages.writePng(one, folder.resolve("images"));
    }
    return folder.resolve("images");
  }

  private static CommandLineRun done(Object... arguments) {
    var run = CommandLineRun.of(arguments);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    return run;
  }

  @Test
  void initTrainExportPredict() throws IOException {
    var images = images(5, 60);
    var file = folder.resolve("mine.textproto");
    var run = folder.resolve("runs/mine");
    var models = folder.resolve("models");
    var init = done("config", "init", "--data", images, "-o", file);
    assertThat(init.out() + init.err())
        .contains("300 images of 5 classes", "red cell (60)", "colour", "train ");
    var experiment = Experiments.read(file, List.of());
    assertThat(experiment.getData().getKnownClassNamesList())
        .containsExactlyInAnyOrderElementsOf(CLASSES);
    assertThat(experiment.getData().getImageSizePx()).isEqualTo(32);
    assertThat(experiment.getTraining().getAugmentation().getRotate90()).isFalse();
    done("config", "validate", file, "--data");
    var trained = done("train", file, "--run", run, "--set", "training.epochs=1");
    assertThat(trained.out()).contains("not measured: no unknown test images");
    done("export", run, "--to", models);
    var answers = done("predict", models.resolve("images"), images.resolve("red cell"));
    assertThat(answers.out()).contains(".png");
  }

  @Test
  void fewImagesGiveAnExperimentThatCanBeTrained() throws IOException {
    for (var each : List.of(4, 9, 25)) {
      var images = images(3, each);
      var file = folder.resolve("of-%d.textproto".formatted(each));
      done("config", "init", "--data", images, file);
      done("config", "validate", file, "--data");
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsRefusedWithTheCure() throws IOException {
    var one = CommandLineRun.of("config", "init", "--data", images(1, 5));
    assertThat(one.code()).isEqualTo(ExitCodes.DATA);
    assertThat(one.err()).contains("at least two known classes are needed");
    var none = CommandLineRun.of("config", "init", "--data", folder.resolve("nothing"));
    assertThat(none.code()).isEqualTo(ExitCodes.DATA);
    assertThat(none.err()).contains("no such folder");
    var there = Files.writeString(folder.resolve("there"), "mine");
    var kept = CommandLineRun.of("config", "init", "--data", images(2, 9), "-o", there);
    assertThat(kept.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(there).hasContent("mine");
  }

  @Test
  void aRunIsNeitherWrittenAmongTheImagesNorWithoutAName() throws IOException {
    var images = images(2, 30);
    var file = folder.resolve("mine.textproto");
    done("config", "init", "--data", images, file);
    for (var run : List.of(images.toString(), images + "/runs/x", folder.toString(), "", " ")) {
      var refused = CommandLineRun.of("train", file, "--run", run);
      assertThat(refused.code()).as(run).isEqualTo(ExitCodes.USAGE);
      assertThat(refused.errors())
          .singleElement()
          .asString()
          .contains(run.isBlank() ? "the name is empty" : "run folder");
    }
    try (var entries = Files.list(images)) {
      assertThat(entries).hasSize(2);
    }
    assertThat(Path.of("checkpoints")).doesNotExist();
    var renamed =
        CommandLineRun.of("train", file, "--set", "data.known_classes=basophil,eosinofil");
    assertThat(renamed.code()).isEqualTo(ExitCodes.DATA);
    assertThat(renamed.err()).contains("did you mean 'eosinophil'?", "basophil, eosinophil");
  }
}
