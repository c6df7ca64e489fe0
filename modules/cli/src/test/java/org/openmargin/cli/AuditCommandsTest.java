package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** A group in several parts is one finding among others, by the number that accepts it. */
  @Test
  void aManifestIsAuditedWithTheNumbersByWhichItIsRefused() throws IOException {
    copy("train/round/0.png", "test/round/copy.png");
    var table = manifest(Map.of("train/long/1", "Smith", "test/long/2", "Smith"));
    var experiment = folder.resolve("my.textproto");
    Files.writeString(
        experiment,
        """
        name: "mine"
        data {
          manifest { path: "%s" }
          known_class_names: ["long", "round"]
          image_size_px: 32
        }
        model { resnet { variant: TINY } }
        loss { omcl {} }
        training { epochs: 1 batch_size: 2 adam {} constant {} }
        """
            .formatted(table));
    var refusal = CommandLineRun.of("data", "describe", experiment).err();
    var number = refusal.replaceFirst("(?s).*: ([0-9a-f]{12}): .*", "$1");
    assertThat(number).as(refusal).hasSize(12);

    for (var audited : List.of(table, experiment)) {
      var run = CommandLineRun.of("data", "audit", audited);
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.DATA);
      assertThat(run.out())
          .contains(
              "leak: train and test: equal images are in both (1)",
              "leak: train and test: groups are in both (1)",
              "group %s: 1 in train, 1 in test".formatted(number),
              "crossing_groups: [\"%s\"]".formatted(number))
          .doesNotContain("Smith");
    }
    // Accepted in the experiment, it is a leak still, which has a name of its own.
    var accepting = "data.manifest.crossing_groups=" + number;
    var accepted = CommandLineRun.of("data", "audit", experiment, "--set", accepting);
    assertThat(accepted.code()).isEqualTo(ExitCodes.DATA);
    assertThat(accepted.out()).contains("group " + number).doesNotContain("crossing_groups");
  }

  /** Training and validation share it, which is no leak, but refused. */
  @Test
  void aGroupThatIsRefusedIsAFaultWhereverItIs() throws IOException {
    var table = manifest(Map.of("train/long/1", "Smith", "val/long/2", "Smith"));

    var run = CommandLineRun.of("data", "audit", table);

    assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.DATA);
    assertThat(run.out())
        .contains("train and validation: groups are in both (1)", "crossing_groups: [\"")
        .doesNotContain("leak:");
  }

  /** Of all images; each is a patient's of its own, unless its patient is given. */
  private Path manifest(Map<String, String> patients) throws IOException {
    var lines = new ArrayList<>(List.of("path,label,split,patient_id"));
    try (var files = Files.walk(images)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var name = images.relativize(file).toString();
        var words = name.split("/", -1);
        var alone = "p" + lines.size();
        var patient = patients.getOrDefault(name.replace(".png", ""), alone);
        lines.add(String.join(",", "images/" + name, words[1], words[0], patient));
      }
    }
    return Files.write(folder.resolve("images.csv"), lines);
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
