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
}
