package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

class ScoreCommandTest {
  @TempDir private Path folder;

  @Test
  void aPlaceThatCannotHoldTheAnswersIsSaidBeforeTheModelIsLookedAt() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    var scored =
        CommandLineRun.of(
            "score", folder.resolve("model"), folder, "--out", file.resolve("answers.csv"));

    assertThat(scored.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(scored.err()).contains(file + " cannot be a folder").doesNotContain("model");
  }

  @Test
  void anotherEndingIsRefused() {
    var out = folder.resolve("answers.txt");
    var scored = CommandLineRun.of("score", folder.resolve("model"), folder, "--out", out);

    assertThat(scored.code()).isEqualTo(ExitCodes.DATA);
    assertThat(scored.err()).contains("the name must end in .csv, .jsonl or .parquet");
    assertThat(out).doesNotExist();
  }

  @Test
  void aClusterWritesTablesOnly() {
    var out = folder.resolve("answers.csv");
    var scored = CommandLineRun.of("score", folder, folder, "--out", out, "--on", "local[1]");
    assertThat(scored.code()).isEqualTo(ExitCodes.DATA);
    assertThat(scored.err()).contains("with --on the name must end in .parquet");
  }

  @Test
  void whatOnlySparkReadsNeedsIt() {
    var table = CommandLineRun.of("score", "m", "s3a://b/images", "--out", "a.csv");
    assertThat(table.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(table.err()).contains("give a path, or add --on MASTER");
    var setting = CommandLineRun.of("score", "m", "i", "--out", "a.csv", "--path-column", "p");
    assertThat(setting.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(setting.err()).contains("need --on MASTER");
  }
}
