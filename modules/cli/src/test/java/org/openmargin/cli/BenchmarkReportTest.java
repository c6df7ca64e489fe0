package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** {@code benchmark report} on the committed results. */
class BenchmarkReportTest {
  @Test
  void theResultsThatComeWithItAreFoundWithoutBeingNamed() {
    var plan =
        CommandLineRun.REPOSITORY.resolve("proto/benchmarks/bloodmnist-table1-cpu.textproto");
    var run = CommandLineRun.of("benchmark", "report", plan, "--format", "csv");
    assertThat(run.code()).as(run.err()).isZero();
    var results = CommandLineRun.REPOSITORY.resolve("tools/benchmarks/results");
    assertThat(run.out())
        .isEqualTo(
            CommandLineRun.of("benchmark", "report", plan, "--format", "csv", "--results", results)
                .out())
        .contains("OMCL");
  }

  @Test
  void aPlanThatIsWrittenIsValid(@TempDir Path folder) {
    var plan = folder.resolve("plan.textproto");
    var written = CommandLineRun.of("benchmark", "init", plan, CommandLineRun.TINY);
    assertThat(written.code()).as(written.err()).isZero();
    var checked = CommandLineRun.of("benchmark", "validate", plan);
    assertThat(checked.code()).as(checked.err()).isZero();
    assertThat(checked.out()).isEqualTo("ok: 2 methods x 1 class splits x 3 seeds: 6 trainings\n");
    var swept =
        CommandLineRun.of(
            "benchmark", "validate", plan, "--sweep", "training.epochs=1,2,3", "--json");
    assertThat(swept.out()).contains("\"trials\": 1");
    assertThat(CommandLineRun.of("benchmark", "init", plan, CommandLineRun.TINY).code())
        .isEqualTo(ExitCodes.USAGE);
  }

  private static final Path RESULTS = CommandLineRun.REPOSITORY.resolve("tools/benchmarks/results");
  private static final Path SEEDS = plan("bloodmnist-seeds-cpu");

  @TempDir private Path folder;

  private static Path plan(String name) {
    return CommandLineRun.REPOSITORY.resolve("proto/benchmarks/" + name + ".textproto");
  }

  @Test
  void matrixShowsEveryScorerAndMarksTheDecidingOnes() {
    var run = CommandLineRun.of("benchmark", "report", SEEDS, "--results", RESULTS, "--matrix");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("bloodmnist-seeds-cpu, every scorer\n")
        .contains("AUROC by scorer:", "OSCR by scorer:", "max_cosine", "90.6*");
  }

  @Test
  void tableByAnotherScorerSaysThatItDidNotDecide() {
    var run =
        CommandLineRun.of("benchmark", "report", SEEDS, "--results", RESULTS, "--scorer", "vim");
    assertThat(run.out())
        .startsWith("bloodmnist-seeds-cpu, by vim (not the deciding scorer)\n")
        .contains("Scorer: vim, the deciding one of no method");
    var some =
        CommandLineRun.of(
            "benchmark", "report", SEEDS, "--results", RESULTS, "--scorer", "mahalanobis");
    assertThat(some.out()).contains("Scorer: mahalanobis, the deciding one of best only");
  }

  @Test
  void pageIsWrittenInPlaceOfPrinting() throws IOException {
    var page = folder.resolve("page.html");
    var run = CommandLineRun.of("benchmark", "report", SEEDS, "--results", RESULTS, "--html", page);
    assertThat(run.out()).isEqualTo("page         " + page + "\n");
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("bloodmnist-seeds-cpu", "about two independent designs", "AUROC by scorer:");
    var nowhere = folder.resolve("none/page.html");
    var refused =
        CommandLineRun.of("benchmark", "report", SEEDS, "--results", RESULTS, "--html", nowhere);
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.errors()).singleElement().asString().contains("cannot write " + nowhere);
  }

  @Test
  void damagedLineIsNamedWithItsFile() throws IOException {
    var name = "bloodmnist-seeds-cpu.jsonl";
    var lines = Files.readAllLines(RESULTS.resolve(name));
    var file = folder.resolve(name);
    Files.writeString(file, lines.get(0) + "\n{\"plan\":\n");
    for (var command : new String[] {"report", "status", "collect"}) {
      var run = CommandLineRun.of("benchmark", command, SEEDS, "--results", folder);
      assertThat(run.code()).isEqualTo(ExitCodes.DATA);
      assertThat(run.errors())
          .containsExactly("openmargin: " + file + ", line 2 is damaged: it ends in the middle");
    }
    Files.writeString(file, "\n" + lines.get(0) + "\n");
    assertThat(CommandLineRun.of("benchmark", "report", SEEDS, "--results", folder).errors())
        .containsExactly("openmargin: " + file + ", line 1 is damaged: it is empty");
  }

  @Test
  void planThatIsNotThereIsReportedBeforeTheFolderOfResults() {
    var run = CommandLineRun.of("benchmark", "report", folder.resolve("none.textproto"));
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains("none.textproto", "there is no such file")
        .doesNotContain("--results");
  }

  @Test
  void sweepsOfTheCommandLineAreFurtherMethods() {
    var run =
        CommandLineRun.of(
            "benchmark",
            "status",
            SEEDS,
            "--results",
            RESULTS,
            "--sweep",
            "loss.omcl.threshold=0,0.2");
    assertThat(run.out())
        .contains("threshold = 0.2, trial 5, seed 1: missing", "30 of 50 trials are finished");
    var wrong = CommandLineRun.of("benchmark", "status", SEEDS, "--sweep", "loss.omcl.threshold");
    assertThat(wrong.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrong.err()).contains("expected path=number,number");
  }
}
