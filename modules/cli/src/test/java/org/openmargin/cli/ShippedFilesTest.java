package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.cli.console.ExitCodes;

/** Every shipped experiment can be explained, compared and checked without its images. */
class ShippedFilesTest {
  static List<Path> experiments() throws IOException {
    try (var files = Files.walk(CommandLineRun.REPOSITORY.resolve("proto/experiments"))) {
      return files.filter(file -> file.toString().endsWith(".textproto")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void placesMayBeMissing(Path file, @TempDir Path folder) throws IOException {
    var explained = CommandLineRun.of("config", "explain", file);
    assertThat(explained.code()).as(explained.err()).isZero();
    var copy = Files.writeString(folder.resolve("explained.textproto"), explained.out());
    var same = CommandLineRun.of("config", "diff", file, copy);
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.out()).isEmpty();
    var other = CommandLineRun.of("config", "diff", CommandLineRun.TINY, file);
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(CommandLineRun.of("config", "validate", file).code()).isZero();
  }

  @Test
  void overridesOfADifferenceApplyToBoth() {
    var tiny = CommandLineRun.TINY;
    var diff = CommandLineRun.of("config", "diff", tiny, tiny, "--set", "training.epochs=9");
    assertThat(diff.code()).isZero();
    assertThat(diff.out()).isEmpty();
  }

  @Test
  void trainingStillNeedsThem(@TempDir Path folder) {
    var file = CommandLineRun.REPOSITORY.resolve("proto/experiments/folder/omcl.textproto");
    var run = CommandLineRun.of("train", file, "--run", folder.resolve("run"));
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains("data.folder.path: give the folder");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
