package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** A model on a server gives the answers that it gives here, line by line. */
class ServedPredictIT {
  @TempDir private Path folder;

  @Test
  void predictPrintsTheSameFromAServer() throws IOException {
    var run = folder.resolve("runs/tiny");
    assertThat(CommandLineRun.of("train", CommandLineRun.TINY, "--run", run).code()).isZero();
    CommandLineRun.of("export", run, "--to", folder.resolve("models"));
    var model = folder.resolve("models/tiny");
    var images = Files.createDirectory(folder.resolve("images"));
    for (var i = 0; i < 3; i++) {
      Files.write(images.resolve("noise-%d.png".formatted(i)), DrawnImages.noise(40, "png", i));
      Files.write(images.resolve("noise-%d.jpg".formatted(i)), DrawnImages.noise(50, "jpg", i));
    }
    Files.write(images.resolve("drawn.gif"), DrawnImages.noise(30, "gif", 5));
    var half = DrawnImages.noise(40, "jpg", 9);
    Files.write(images.resolve("half.jpg"), Arrays.copyOf(half, half.length / 2));
    Files.write(images.resolve("text.png"), "a text".getBytes(StandardCharsets.UTF_8));

    var here = CommandLineRun.of("predict", model, images, "--format", "csv");
    assertThat(here.code()).isEqualTo(ExitCodes.DATA);
    assertThat(here.out().lines()).hasSize(1 + 7);
    try (var server = new ModelServer(model.resolve("1"))) {
      for (var address :
          List.of("127.0.0.1:" + server.grpcPort(), "http://127.0.0.1:" + server.restPort())) {
        same(here, images, "--serving", address);
      }
      var other =
          CommandLineRun.of(
              "predict", "other", images, "--serving", "127.0.0.1:" + server.grpcPort());
      assertThat(other.code()).isEqualTo(ExitCodes.EXPORT);
      assertThat(other.err()).contains("NOT_FOUND: Servable not found");
    }
    for (var wrong : List.of("ftp://x", "127.0.0.1:no")) {
      var refused = CommandLineRun.of("predict", "tiny", images, "--serving", wrong);
      assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
      assertThat(refused.err()).contains("is no address of a server");
    }
  }

  private static void same(CommandLineRun here, Path images, String... serving) {
    var there =
        CommandLineRun.of("predict", "tiny", images, "--format", "csv", serving[0], serving[1]);
    assertThat(there.out()).isEqualTo(here.out());
    assertThat(there.errors()).isEqualTo(here.errors());
    assertThat(there.code()).isEqualTo(here.code());
  }
}
