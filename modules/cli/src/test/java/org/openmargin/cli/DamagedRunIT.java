package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** A run that meets a full disk, diverges, or is tampered with. */
class DamagedRunIT {
  @TempDir private static Path folder;

  @BeforeAll
  static void train() {
    var result = CommandLineRun.of("train", CommandLineRun.TINY, "--run", trained());
    assertThat(result.code()).as(result.err()).isZero();
  }

  private static Path trained() {
    return folder.resolve("trained");
  }

  /** A command that cannot write files larger than so many KiB, as on a full disk. */
  private static CommandLineRun withFileLimit(int kib, Object... args) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash to limit the size of files");
    var java = CommandLineRun.process(args).command();
    var command =
        new ArrayList<>(
            List.of("/bin/bash", "-c", "ulimit -f %d; exec \"$@\"".formatted(kib), "bash"));
    command.addAll(java);
    // The JVM's own counters file would be the first to exceed the limit.
    command.add(5, "-XX:-UsePerfData");
    return CommandLineRun.of(new ProcessBuilder(command));
  }

  @Test
  void fullDiskWhileWritingACheckpoint() throws Exception {
    var run = folder.resolve("full");
    var result = withFileLimit(100, "train", CommandLineRun.TINY, "--run", run);

    assertThat(result.errors())
        .as(result.err())
        .singleElement()
        .asString()
        .contains("checkpoint", run.toString());
    assertThat(result.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(Tree.of(run.resolve("checkpoints"))).isEmpty();
    assertThat(Tree.of(run)).noneMatch(file -> file.contains("unfinished"));
  }

  @Test
  void fullDiskWhileExporting() throws Exception {
    var models = folder.resolve("full-models");
    var result = withFileLimit(40, "export", trained(), "--to", models);

    assertThat(result.errors())
        .as(result.err())
        .singleElement()
        .asString()
        .contains(models.toString());
    assertThat(result.code()).isEqualTo(ExitCodes.EXPORT);
    assertThat(Tree.of(models)).isEmpty();
  }

  @Test
  void fullDiskWhileEvaluating() throws Exception {
    var run = copyOf(trained(), "full-evaluation");
    var before = Files.readString(run.resolve("predictions.csv"));
    var tree = Tree.of(run);
    var result = withFileLimit(8, "evaluate", run);

    assertThat(result.errors())
        .as(result.err())
        .singleElement()
        .asString()
        .contains(run.toString());
    assertThat(result.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(Tree.of(run)).isEqualTo(tree);
    assertThat(run.resolve("predictions.csv")).hasContent(before);
  }

  @Test
  void trainingThatDivergesNamesStepAndLastCheckpoint() {
    var run = folder.resolve("diverged");
    // Weight decay times learning rate far above 2: weights grow without bound.
    var result =
        CommandLineRun.of(
            "train",
            CommandLineRun.TINY,
            "--run",
            run,
            "--set",
            "training.sgd.learning_rate=6",
            "--set",
            "training.sgd.weight_decay=1",
            "--set",
            "training.epochs=20");

    assertThat(result.errors())
        .as(result.out() + result.err())
        .singleElement()
        .asString()
        .contains(
            "training diverged",
            "step",
            "the last good checkpoint is " + run.resolve("checkpoints/step-"));
    assertThat(result.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(run.resolve("evaluation.json")).doesNotExist();
  }

  @Test
  void exportRefusesAModelThatDiffersFromTheEvaluation() throws IOException {
    var run = copyOf(trained(), "tampered");
    var csv = run.resolve("predictions.csv");
    var rows = new ArrayList<>(Files.readAllLines(csv));
    var fields = rows.get(1).split(",", -1);
    fields[fields.length - 2] = "0.25";
    rows.set(1, String.join(",", fields));
    Files.write(csv, rows);
    var models = folder.resolve("refused");

    var result = CommandLineRun.of("export", run, "--to", models);

    assertThat(result.code()).isEqualTo(ExitCodes.EXPORT);
    assertThat(result.errors()).singleElement().asString().contains("refused", "0.25");
    assertThat(Tree.of(models)).isEmpty();
  }

  @Test
  void exportNeedsAnEvaluation() throws IOException {
    var run = copyOf(trained(), "not-evaluated");
    Files.delete(run.resolve("predictions.csv"));
    var result = CommandLineRun.of("export", run, "--to", folder.resolve("none"));
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors()).singleElement().asString().contains("openmargin evaluate " + run);
  }

  @Test
  void aRunIsNotTrainedOverByMistake() {
    var before = Tree.of(trained());
    var result = CommandLineRun.of("train", CommandLineRun.TINY, "--run", trained());
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors()).singleElement().asString().contains("--resume", "--overwrite");
    assertThat(Tree.of(trained())).isEqualTo(before);
  }

  @Test
  void anotherExperimentIsNotResumed() {
    var result =
        CommandLineRun.of(
            "train",
            CommandLineRun.TINY,
            "--run",
            trained(),
            "--resume",
            "--set",
            "training.batch_size=8");
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.err()).contains("training.batch_size: 16 -> 8");
  }

  @Test
  void weightsThatAreDamagedAreNotEvaluated() throws IOException {
    var run = copyOf(trained(), "damaged");
    Files.write(
        run.resolve("checkpoints/step-00000016/variables.data-00000-of-00001"), new byte[100]);
    var result = CommandLineRun.of("evaluate", run);
    assertThat(result.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains(
            "step-00000016 is damaged: variables.data-00000-of-00001 is not what was written",
            "resuming the training goes on from an intact checkpoint");
  }

  /** What was found by mutation: neither may be silently wrong, or an internal error. */
  @Test
  void aStateThatIsNotWhatWasWrittenIsNotUsed() throws IOException {
    var run = copyOf(trained(), "state");
    var before = Files.readString(trained().resolve("evaluation.json"));
    var state = run.resolve("checkpoints/step-00000016/state.properties");
    for (var damage : List.of("epoch=3", "epoch=\\u00zz", "best_validation_accuracy=NaN")) {
      var text = Files.readString(trained().resolve("checkpoints/step-00000016/state.properties"));
      var name = damage.substring(0, damage.indexOf('=') + 1);
      var lines = text.lines().map(line -> line.startsWith(name) ? damage : line).toList();
      Files.write(state, lines);
      for (var command : List.of("evaluate", "export")) {
        var result = CommandLineRun.of(command, run);
        assertThat(result.code()).as(damage).isEqualTo(ExitCodes.TRAINING);
        assertThat(result.errors())
            .singleElement()
            .asString()
            .contains("step-00000016 is damaged: state.properties");
      }
    }
    var resumed = CommandLineRun.of("train", "--resume", "--run", run);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("it is now called damaged-step-00000016");
    assertThat(run.resolve("evaluation.json")).hasContent(before);
    var pruned = CommandLineRun.of("prune", run);
    assertThat(pruned.code()).as(pruned.err()).isZero();
    assertThat(pruned.out()).startsWith(run + ": 2 checkpoints removed, ");
    assertThat(Tree.of(run.resolve("checkpoints"))).noneMatch(file -> file.contains("damaged"));
    assertThat(CommandLineRun.of("evaluate", run).code()).isZero();
  }

  @Test
  void withoutAnIntactCheckpointNothingIsResumed() throws IOException {
    var run = copyOf(trained(), "all-damaged");
    for (var step : List.of("step-00000008", "step-00000016")) {
      Files.writeString(run.resolve("checkpoints").resolve(step).resolve("state.properties"), "");
    }
    var result = CommandLineRun.of("train", "--resume", "--run", run);
    assertThat(result.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains("no checkpoint is intact: ", "the training has to start anew");
  }

  @Test
  void savedModelWithChangedWeightsFailsItsChecks() throws IOException {
    var models = folder.resolve("models");
    assertThat(CommandLineRun.of("export", trained(), "--to", models).code()).isZero();
    var weights = models.resolve("tiny/1/variables/variables.data-00000-of-00001");
    var bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(weights, bytes);
    var result = CommandLineRun.of("verify", models.resolve("tiny"));
    assertThat(result.code()).isEqualTo(ExitCodes.EXPORT);
    assertThat(result.out()).contains("FAILED");
    assertThat(result.errors()).singleElement().asString().contains("checks failed");
  }

  private static Path copyOf(Path source, String name) throws IOException {
    var target = folder.resolve(name);
    for (var relative : Tree.of(source)) {
      var file = target.resolve(relative);
      Files.createDirectories(file.getParent());
      if (Files.isDirectory(source.resolve(relative))) {
        Files.createDirectories(file);
      } else {
        Files.copy(source.resolve(relative), file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return target;
  }
}
