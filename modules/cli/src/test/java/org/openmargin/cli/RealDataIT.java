package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real blood cells, if they are beside the repository. */
class RealDataIT {
  private static final Path DATA = CommandLineRun.REPOSITORY.resolve("../shared/data").normalize();
  private static final Path ARCHIVE = DATA.resolve("bloodmnist-rebuilt-28.npz");
  private static final Path PHOTOGRAPHS = DATA.resolve("pbc-jpeg");

  @TempDir private Path folder;

  @BeforeAll
  static void dataAreThere() {
    assumeTrue(
        Files.exists(ARCHIVE) && Files.isDirectory(PHOTOGRAPHS),
        "the blood cells are not in ../shared/data: this test is skipped");
  }

  @Test
  void describeCountsTheArchive() {
    var described = CommandLineRun.of("data", "describe", ARCHIVE);
    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out())
        .contains("17,092 images, 28 x 28 px, RGB")
        .containsPattern("6 +neutrophil +2330 +333 +666 +3329")
        .containsPattern("total +11959 +1712 +3421 +17092");
  }

  @Test
  void describeCountsPhotographs() {
    var described = CommandLineRun.of("data", "describe", PHOTOGRAPHS);
    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out()).contains("96 images", "ig");
  }

  @Test
  void oneEpochThenPhotographsAreAnswered() {
    var run = folder.resolve("run");
    var trained =
        CommandLineRun.of(
            "train",
            CommandLineRun.REPOSITORY.resolve("proto/experiments/bloodmnist/omcl-cpu.textproto"),
            "--run",
            run,
            "--set",
            "data.npz.path=" + ARCHIVE,
            "--set",
            "model.resnet.variant=TINY",
            "--set",
            "training.epochs=1");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("against");

    var exported =
        CommandLineRun.of(
            "export", run, "--to", folder.resolve("models"), "--set", "export.name=blood");
    assertThat(exported.code()).as(exported.err()).isZero();

    var predicted =
        CommandLineRun.of(
            "predict", folder.resolve("models/blood"), PHOTOGRAPHS, "--format", "csv");
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(predicted.out().lines()).hasSize(97);
  }
}
