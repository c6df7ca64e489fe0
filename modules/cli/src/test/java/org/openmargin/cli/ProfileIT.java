package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** {@code openmargin profile} as a user sees it. */
class ProfileIT {
  @TempDir private Path folder;

  private CommandLineRun profile(Object... more) {
    var args = new ArrayList<Object>(List.of("--steps", 2, "--warm-up", 1));
    args.addAll(List.of(more));
    return profileWith(args.toArray());
  }

  private CommandLineRun profileWith(Object... more) {
    var args = new ArrayList<Object>(List.of("profile", CommandLineRun.TINY, "--out", folder));
    args.addAll(List.of(more));
    return CommandLineRun.of(args.toArray());
  }

  @Test
  void tablesShowWhereTheTimeGoes() {
    var result = profile("--device", "cpu", "--top", 3);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().findFirst().orElse(""))
        .matches("untraced +[\\d.]+ ms/step, [\\d.]+ images/s \\(batch 16\\)");
    assertThat(result.out())
        .contains("wait for input", "times as long as untraced", "cores busy", "peak memory")
        .containsPattern("optimised graph +\\d+ nodes: \\d+ on CPU:0")
        .containsPattern("by operation on CPU:0, 3 of \\d{3}")
        .containsPattern("by type of operation on CPU:0, 3 of \\d+")
        .containsPattern("by layer on CPU:0, 3 of \\d+")
        .containsPattern("(?m)^layer +calls +forward +backward +update +ms/step +share$")
        .contains(folder.resolve("trace.json").toString());
    assertThat(result.err())
        .contains("steps: 1 to warm up, 2 measured, 2 traced", "device: CPU (asked for: CPU)");
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void jsonIsTheFileThatWasWritten() throws IOException {
    var result = profile("--format", "json", "--set", "training.batch_size=8");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo(Files.readString(folder.resolve("profile.json")));
    var pace = JsonParser.parseString(result.out()).getAsJsonObject().getAsJsonObject("profile");
    assertThat(pace.getAsJsonObject("pace").get("batchSize").getAsInt()).isEqualTo(8);
    assertThat(Tree.of(folder)).containsExactly("profile.json", "trace.json");
  }

  @Test
  void aSecondProfileTakesThePlaceOfTheFirst() throws IOException {
    assertThat(profile().code()).isZero();
    var first = Files.readString(folder.resolve("profile.json"));
    assertThat(profile().code()).isZero();
    assertThat(Files.readString(folder.resolve("profile.json"))).isNotEqualTo(first);
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    refused(profileWith("--steps", 0), ExitCodes.USAGE, "--steps", "1 to 200 steps", "not 0");
    refused(profileWith("--warm-up", -1), ExitCodes.USAGE, "--warm-up", "0 or more");
    refused(profileWith("--top", 0), ExitCodes.USAGE, "--top");
    refused(profileWith("--steps", "many"), ExitCodes.USAGE, "--steps", "many");
    refused(profileWith("--format", "xml"), ExitCodes.USAGE, "--format", "xml");
  }

  @Test
  void whatTrainRefusesIsRefused() {
    refused(
        profile("--set", "training.batch_size=4096"), ExitCodes.TRAINING, "fewer than one batch");
    refused(profile("--set", "training.epoch=1"), ExitCodes.USAGE, "did you mean");
    refused(profile("--set", "data.npz.path=nosuch.npz"), ExitCodes.DATA, "nosuch.npz");
  }

  @Test
  void theFolderOfARunIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("experiment.textproto"), "");
    var result = profile();
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors()).singleElement().asString().contains("is a run folder");
    assertThat(Tree.of(folder)).containsExactly("experiment.textproto");
  }

  private void refused(CommandLineRun result, int code, String... words) {
    assertThat(result.errors()).as(result.err()).singleElement().asString().contains(words);
    assertThat(result.code()).isEqualTo(code);
    assertThat(folder).isEmptyDirectory();
  }
}
