package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.experiment.folder.ProcessLock;

/** A trained and evaluated run stays as it is, whatever is typed later. */
class KeptRunIT {
  @TempDir private static Path folder;

  private static Path run;

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    assertThat(CommandLineRun.of("train", CommandLineRun.TINY, "--run", run).code()).isZero();
    evaluate();
  }

  private static void evaluate(Object... more) {
    var arguments = new ArrayList<Object>(List.of("evaluate", run));
    arguments.addAll(List.of(more));
    var result = CommandLineRun.of(arguments.toArray());
    assertThat(result.code()).as(result.err()).isZero();
  }

  private static Map<String, String> contents() throws IOException {
    var contents = new TreeMap<String, String>();
    for (var name : Tree.of(run)) {
      var file = run.resolve(name);
      if (Files.isRegularFile(file)) {
        contents.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private static void assertRefused(int code, String reason, Object... arguments)
      throws IOException {
    var before = contents();
    var result = CommandLineRun.of(arguments);
    assertThat(result.errors()).as(result.err()).hasSize(1);
    assertThat(result.err()).contains(reason);
    assertThat(result.code()).isEqualTo(code);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void settingsOfTheTrainingCannotBeSetLater() throws IOException {
    var classes = "data.known_classes=[0, 1, 2, 3]";
    assertRefused(ExitCodes.USAGE, "data.known_classes: ", "evaluate", run, "--set", classes);
    assertRefused(
        ExitCodes.USAGE,
        "was trained with other settings: only data paths, scoring, export and runtime"
            + " can still be changed",
        "export",
        run,
        "--to",
        folder.resolve("none"),
        "--set",
        "data.centre_crop_px=20");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void experimentThatWasEditedSinceTheTrainingIsRefused() throws IOException {
    var file = run.resolve("experiment.textproto");
    var before = Files.readString(file);
    var edited = before.replaceFirst("known_classes: (\\[?)0", "known_classes: $11");
    assertThat(edited).isNotEqualTo(before);
    Files.writeString(file, edited);
    for (var command : List.of("evaluate", "export")) {
      assertRefused(
          ExitCodes.USAGE, "was edited after training: its digest is not that in", command, run);
    }
    Files.writeString(file, before);
    evaluate();
  }

  @Test
  void exportDecidesAsTheEvaluationDid() throws IOException {
    var models = folder.resolve("models");
    var knn = "scoring.selected=KNN";
    evaluate("--set", knn, "--set", "runtime.intra_op_threads=1");
    assertRefused(
        ExitCodes.EXPORT,
        "evaluation.json has knn, but the exported model would have max_probability_open",
        "export",
        run,
        "--to",
        models);
    assertThat(Tree.of(models)).isEmpty();
    assertThat(CommandLineRun.of("export", run, "--to", models, "--set", knn).code()).isZero();
    evaluate();
    assertRefused(
        ExitCodes.EXPORT,
        "evaluation.json has no threshold at alpha 0.3: run openmargin evaluate",
        "export",
        run,
        "--to",
        models,
        "--set",
        "export.alpha=0.3");
    var evaluation = run.resolve("evaluation.json");
    var edited =
        Files.readString(evaluation).replaceAll("\"threshold\": -?[0-9.E-]+", "\"threshold\": 7.5");
    Files.writeString(evaluation, edited);
    assertRefused(ExitCodes.EXPORT, "threshold 7.5 at alpha", "export", run, "--to", models);
    Files.writeString(evaluation, "no JSON");
    assertRefused(ExitCodes.USAGE, "evaluation.json is damaged", "export", run, "--to", models);
    evaluate();
  }

  @Test
  void resumingAFinishedTrainingChangesNothing() throws IOException {
    evaluate("--scorers", "all");
    var before = contents();
    var result = CommandLineRun.of("train", CommandLineRun.TINY, "--run", run, "--resume");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("is already fully trained; nothing to do");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aResumeNeedsNothingButTheFolder() throws IOException {
    var before = contents();
    var result = CommandLineRun.of("train", "--resume", "--run", run);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("is already fully trained; nothing to do");
    assertThat(contents()).isEqualTo(before);
    assertRefused(
        ExitCodes.USAGE,
        "holds no run, so there is nothing to resume",
        "train",
        "--resume",
        "--run",
        folder.resolve("nothing"));
    assertRefused(ExitCodes.USAGE, "which experiment? Name its file: ", "train", "--run", run);
    assertRefused(ExitCodes.USAGE, "--resume needs the folder of the run", "train", "--resume");
    assertRefused(
        ExitCodes.USAGE,
        "training.epochs: 2 -> 1",
        "train",
        "--resume",
        "--run",
        run,
        "--set",
        "training.epochs=1");
  }

  @Test
  void oneProcessAtATimeTrainsInAFolder() throws IOException {
    var before = contents();
    var result =
        new ProcessLock(run.resolve("lock"))
            .holding(
                () -> CommandLineRun.of("train", CommandLineRun.TINY, "--run", run, "--overwrite"))
            .orElseThrow();
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors())
        .containsExactly("openmargin: another process is training in " + run);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void provenanceThatSaysNothingIsDamaged() throws IOException {
    var file = run.resolve("provenance.json");
    var before = Files.readString(file);
    Files.writeString(file, "{}");
    assertRefused(ExitCodes.USAGE, "is damaged: it has no dataSha256", "evaluate", run);
    Files.delete(file);
    assertRefused(
        ExitCodes.USAGE, "cannot be read: there is no such file or folder", "evaluate", run);
    Files.writeString(file, before);
  }

  @Test
  void resultsThatCannotBePrintedAreAnError() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(full, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            "openmargin");
    assertThat(OpenMargin.run(console, "config", "init")).isEqualTo(ExitCodes.OUTPUT);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("openmargin: the output could not be written" + System.lineSeparator());
  }

  @Test
  void aThresholdThatIsNoNumberIsRefused() {
    var result = CommandLineRun.of("predict", folder, "image.png", "--threshold", "NaN");
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors())
        .containsExactly("openmargin: --threshold is NaN, must be a finite number");
  }
}
