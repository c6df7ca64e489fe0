package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.files.log.ChainedLog;

/** {@code data audit} and {@code audit verify}, as they are typed. */
class AuditCommandsTest {
  @TempDir Path folder;

  private Path images;

  /** Noise: no two images are alike. */
  @BeforeEach
  void draw() throws IOException {
    images = folder.resolve("images");
    var seed = 0;
    for (var split : List.of("train", "val", "test")) {
      for (var name : List.of("round", "long")) {
        for (var i = 0; i < 3; i++) {
          var file = images.resolve(split).resolve(name).resolve(i + ".png");
          Files.createDirectories(file.getParent());
          Files.write(file, DrawnImages.noise(48, "png", seed++));
        }
      }
    }
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(images.resolve(from), images.resolve(to));
  }

  @Test
  void aSoundFolderPasses() {
    var run = CommandLineRun.of("data", "audit", images);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "images: 18 images",
            "6 validation images: the smallest alpha of a threshold is 0.143",
            "training and test share no image");
  }

  @Test
  void leaksAreNamedInTextJsonAndOnAPage() throws IOException {
    copy("train/round/0.png", "test/round/copy.png");
    copy("train/round/1.png", "train/long/copy.png");
    var run = CommandLineRun.of("data", "audit", images);
    assertThat(run.code()).isEqualTo(ExitCodes.DATA);
    assertThat(run.out())
        .contains(
            "leak: train and test: equal images are in both (1)",
            "train/round/0.png (round)  test/round/copy.png (round)",
            "acknowledged_leaks: \"equal-images/",
            "warning: equal images have different labels");
    var page = folder.resolve("audit.html");
    var json = CommandLineRun.of("data", "audit", images, "--json", "--page", page);
    var found = JsonParser.parseString(json.out()).getAsJsonObject().getAsJsonArray("findings");
    assertThat(found).hasSize(2);
    assertThat(found.get(0).getAsJsonObject().get("leak").getAsBoolean()).isTrue();
    assertThat(page).content().contains("equal-images").doesNotContain("data:image/png");
    var shown = CommandLineRun.of("data", "audit", images, "--page", page, "--images");
    assertThat(shown.code()).isEqualTo(ExitCodes.DATA);
    assertThat(page).content().contains("data:image/png");
  }

  @Test
  void wrongArgumentsAreSaid() {
    assertThat(CommandLineRun.of("data", "audit", images, "--images").err()).contains("--page");
    assertThat(CommandLineRun.of("data", "audit", images, "--near", "2").err())
        .contains("at most 1");
  }

  @Test
  void aBrokenLogIsToldFromAWholeOne() throws IOException {
    var file = folder.resolve("audit.jsonl");
    var log = new ChainedLog(file, Optional.empty());
    log.append(List.of(Map.of("decision", "unknown"), Map.of("decision", "known: round")));
    var whole = CommandLineRun.of("audit", "verify", file);
    assertThat(whole.code()).isZero();
    assertThat(whole.out()).contains("2 lines, whole and in order");
    Files.writeString(file, Files.readString(file).replace("unknown", "known: round"));
    var broken = CommandLineRun.of("audit", "verify", file);
    assertThat(broken.code()).isEqualTo(ExitCodes.DATA);
    assertThat(broken.out()).contains("line 1: it was changed");
    assertThat(CommandLineRun.of("audit", "verify", folder.resolve("none")).code())
        .isEqualTo(ExitCodes.DATA);
  }
}
