package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few damaged files of each format; {@code tools/fuzz/run} tries thousands. */
class FuzzTest {
  private static final int INPUTS = 15;

  @TempDir private Path folder;

  @Test
  void damagedFilesAreReadOrRefusedInWords() throws IOException {
    var fuzzer = new Fuzzer(folder.resolve("found"), 20);
    for (var format : new FuzzFormats(folder.resolve("files")).ofFiles().values()) {
      assertThat(fuzzer.run(format, 0, INPUTS)).isEmpty();
    }
  }

  @Test
  void theSameSeedGivesTheSameDamage() {
    var file = "a file with 12 numbers".getBytes(StandardCharsets.UTF_8);
    assertThat(Mutation.of(1, 2).of(file, file)).isEqualTo(Mutation.of(1, 2).of(file, file));
  }
}
