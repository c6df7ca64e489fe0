package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** A run folder with only an evaluation's files: no images, no checkpoints. */
class ReportCommandTest {
  private static final List<String> FILES =
      List.of("evaluation.json", "predictions.csv", "provenance.json", "metrics.jsonl");

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void copyFiles() throws IOException {
    run = copy("run");
  }

  private Path copy(String name) throws IOException {
    var copy = Files.createDirectory(folder.resolve(name));
    for (var file : FILES) {
      Files.copy(Path.of("src/test/resources/evaluated-run", file), copy.resolve(file));
    }
    return copy;
  }

  @Test
  void printsTheFiguresAndWritesThePage() throws IOException {
    var result = CommandLineRun.of("report", run);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("ACC 1.0000", "* max_probability_open", "at alpha 0.05: ", run + "/report.html");
    assertThat(run.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(Tree.of(run)).hasSize(FILES.size() + 1);
  }

  @Test
  void rendersWithoutTensorFlowOnTheClassPath() throws Exception {
    var process = CommandLineRun.process("report", run);
    var classPath = process.command().indexOf("-cp") + 1;
    var entries = process.command().get(classPath).split(Pattern.quote(File.pathSeparator), -1);
    var left =
        Stream.of(entries)
            .filter(entry -> !entry.matches(".*(tensorflow|bytedeco|javacpp|ndarray).*"))
            .toList();
    assertThat(left).hasSizeLessThan(entries.length - 3);
    process.command().set(classPath, String.join(File.pathSeparator, left));
    var result = CommandLineRun.of(process);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(run.resolve("report.html")).content().contains("OMCL on BloodMNIST, trial 1");
  }

  @Test
  void onePageGoesWhereItIsWanted() {
    var page = folder.resolve("mine.html");
    var result = CommandLineRun.of("report", run, "--out", page);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("report       " + page);
    assertThat(page).exists();
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void severalRunsAreRenderedAndCompared() throws IOException {
    var other = copy("other");
    var page = folder.resolve("comparison.html");
    var result = CommandLineRun.of("report", run, other, "--out", page);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().filter(line -> line.startsWith("ACC "))).hasSize(2);
    assertThat(run.resolve("report.html")).exists();
    assertThat(other.resolve("report.html")).exists();
    assertThat(page).content().contains("./run/report.html", "./other/report.html");
  }

  @Test
  void aRunThatWasNotEvaluatedIsAnErrorOfDataAndNothingIsWritten() throws IOException {
    var other = copy("other");
    Files.delete(other.resolve("evaluation.json"));
    var result = CommandLineRun.of("report", run, other);
    assertThat(result.code()).isEqualTo(ExitCodes.DATA);
    assertThat(result.errors())
        .containsExactly(
            "openmargin: %s has no evaluation.json; evaluate it first: openmargin evaluate %s"
                .formatted(other, other));
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void aDamagedFileIsOneErrorThatNamesIt() throws IOException {
    var csv = run.resolve("predictions.csv");
    Files.writeString(
        csv, Files.readString(csv).lines().limit(9).collect(Collectors.joining("\n", "", "\n")));
    var result = CommandLineRun.of("report", run);
    assertThat(result.code()).isEqualTo(ExitCodes.DATA);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains(csv.toString(), "openmargin evaluate " + run);
  }

  @Test
  void aPageThatCannotBeWrittenIsNamed() {
    var page = folder.resolve("missing/page.html");
    var result = CommandLineRun.of("report", run, "--out", page);
    assertThat(result.code()).isEqualTo(ExitCodes.DATA);
    assertThat(result.errors()).singleElement().asString().contains("cannot write " + page);
  }
}
