package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training run that is killed, as by a power cut. */
class InterruptedTrainingIT {
  @TempDir private static Path folder;
  private static Path straight;

  @BeforeAll
  static void trainStraight() throws Exception {
    straight = folder.resolve("straight");
    var finished = CommandLineRun.of(CommandLineRun.process(train(straight)));
    assertThat(finished.code()).as(finished.err()).isZero();
  }

  @Test
  void resumedAfterAKillItEndsAsIfNothingHadHappened() throws Exception {
    var killed = folder.resolve("killed");

    killAfterEpoch(3, CommandLineRun.process(train(killed)));
    assertThat(killed.resolve("evaluation.json")).doesNotExist();
    var resumed = CommandLineRun.of(CommandLineRun.process(train(killed, "--resume")));

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("resumed after step");
    assertThat(killed.resolve("evaluation.json"))
        .hasSameTextualContentAs(straight.resolve("evaluation.json"));
    assertThat(killed.resolve("predictions.csv"))
        .hasSameTextualContentAs(straight.resolve("predictions.csv"));
    assertThat(validations(killed)).hasSize(8).isEqualTo(validations(straight));
    assertThat(Files.readString(killed.resolve("provenance.json"))).contains("\"resumed\"");
    var difference = CommandLineRun.of("provenance", "diff", straight, killed);
    assertThat(difference.code()).as(difference.out() + difference.err()).isZero();
    assertThat(Tree.of(killed)).isEqualTo(withEventsOf(killed, Tree.of(straight)));
  }

  @Test
  void toldToStopItWritesACheckpointSaysHowToGoOnAndEndsAsIfNothingHadHappened() throws Exception {
    var stopped = folder.resolve("stopped run");

    var lines = stopAfterEpoch(2, CommandLineRun.process(train(stopped)));

    assertThat(lines)
        .contains("stopping after this step, with a checkpoint")
        .contains(
            "openmargin: stopped; to go on: openmargin train --resume --run '%s'"
                .formatted(stopped));
    assertThat(lines).noneMatch(line -> line.contains("evaluating"));
    assertThat(Files.readString(stopped.resolve("provenance.json"))).doesNotContain("finished");
    var resumed = CommandLineRun.of(CommandLineRun.process("train", "--resume", "--run", stopped));

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(stopped.resolve("evaluation.json"))
        .hasSameTextualContentAs(straight.resolve("evaluation.json"));
    assertThat(stopped.resolve("predictions.csv"))
        .hasSameTextualContentAs(straight.resolve("predictions.csv"));
    assertThat(validations(stopped)).hasSize(8).isEqualTo(validations(straight));
  }

  /** SIGTERM as soon as the epoch's validation is reported; returns the lines after it. */
  private static List<String> stopAfterEpoch(int epoch, ProcessBuilder builder)
      throws IOException, InterruptedException {
    var process = builder.redirectErrorStream(true).start();
    try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      var line = out.readLine();
      while (line != null && !line.startsWith("epoch " + epoch + "/")) {
        line = out.readLine();
      }
      assertThat(line).as("the training got so far").isNotNull();
      // Not Process.destroy, which also closes the output.
      assertThat(process.toHandle().destroy()).isTrue();
      var lines = out.lines().toList();
      assertThat(process.waitFor()).isEqualTo(143);
      return lines;
    }
  }

  private static Object[] train(Path run, Object... more) {
    var args =
        new ArrayList<Object>(
            List.of("train", CommandLineRun.TINY, "--run", run, "--set", "training.epochs=8"));
    args.addAll(List.of("--set", "runtime.deterministic=true"));
    args.addAll(List.of(more));
    return args.toArray();
  }

  /** SIGKILL as soon as the epoch's validation is reported, with five epochs still to come. */
  private static void killAfterEpoch(int epoch, ProcessBuilder builder)
      throws IOException, InterruptedException {
    var process = builder.redirectErrorStream(true).start();
    try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      var line = out.readLine();
      while (line != null && !line.startsWith("epoch " + epoch + "/")) {
        line = out.readLine();
      }
      assertThat(line).as("the training got so far").isNotNull();
      process.destroyForcibly();
      assertThat(process.waitFor()).isNotZero();
    }
  }

  private static List<String> validations(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .filter(line -> line.contains("\"validation\""))
        .toList();
  }

  /** Event files are named after process and time. */
  private static List<String> withEventsOf(Path run, List<String> tree) {
    var expected = new ArrayList<>(tree);
    expected.removeIf(file -> file.startsWith("tensorboard/"));
    Tree.of(run).stream().filter(file -> file.startsWith("tensorboard/")).forEach(expected::add);
    return expected.stream().sorted().toList();
  }
}
