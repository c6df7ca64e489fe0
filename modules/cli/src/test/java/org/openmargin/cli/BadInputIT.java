package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** Each mistake gives one line and an exit code, and no run folder. */
class BadInputIT {
  @TempDir private Path folder;
  private Path archive;
  private Path run;

  @BeforeEach
  void prepare() throws IOException {
    archive = SmallArchive.write(folder.resolve("small.npz"), 4, 20);
    run = folder.resolve("run");
  }

  /** The tiny experiment on {@link #archive}. */
  private CommandLineRun trainOnArchive(String... overrides) {
    var all = new ArrayList<>(List.of("data.npz.path=" + archive, "data.known_classes=[0,1]"));
    all.addAll(List.of(overrides));
    return train(CommandLineRun.TINY, all.toArray(String[]::new));
  }

  private CommandLineRun train(String experiment, String... overrides) {
    var args = new ArrayList<Object>(List.of("train", experiment, "--run", run));
    for (var override : overrides) {
      args.addAll(List.of("--set", override));
    }
    return CommandLineRun.of(args.toArray());
  }

  private void refused(CommandLineRun result, int code, String... words) {
    assertThat(result.errors()).as(result.err()).singleElement().asString().contains(words);
    assertThat(result.err()).doesNotContain("\tat ");
    assertThat(result.code()).isEqualTo(code);
    assertThat(run).doesNotExist();
  }

  @Test
  void smallArchiveIsFineAsItIs() {
    var described = CommandLineRun.of("data", "describe", archive);
    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out()).contains("240 images", "16 x 16 px, RGB");
  }

  @Test
  void typoInAField() throws IOException {
    var file = folder.resolve("typo.textproto");
    var text = Files.readString(Path.of(CommandLineRun.TINY)).replace("epochs:", "epoch:");
    Files.writeString(file, text);
    refused(train(file.toString()), ExitCodes.USAGE, file + ":", "epoch", "did you mean", "epochs");
  }

  @Test
  void typoInAnOverride() {
    refused(
        trainOnArchive("training.epoch=3"),
        ExitCodes.USAGE,
        "--set training.epoch=3",
        "did you mean 'training.epochs'");
  }

  @Test
  void marginOutOfRange() {
    refused(
        trainOnArchive("loss.omcl.target_margin=1.5"),
        ExitCodes.USAGE,
        "loss.omcl.target_margin",
        "1.5",
        "at most 1");
  }

  @Test
  void everyProblemOfAnExperimentAtOnce() {
    var result = trainOnArchive("loss.omcl.target_margin=1.5", "training.epochs=0");
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("target_margin"),
            line -> assertThat(line).contains("training.epochs"));
  }

  @Test
  void missingExperiment() {
    var file = folder.resolve("nosuch.textproto");
    refused(train(file.toString()), ExitCodes.USAGE, file.toString(), "there is no such file");
  }

  @Test
  void missingArchive() {
    archive = folder.resolve("nosuch.npz");
    refused(trainOnArchive(), ExitCodes.DATA, archive.toString(), "no such file");
  }

  @Test
  void archiveCutOff() throws IOException {
    var bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    refused(trainOnArchive(), ExitCodes.DATA, archive.toString());
  }

  @Test
  void knownClassBeyondTheClasses() {
    refused(
        trainOnArchive("data.known_classes=[0,7]"), ExitCodes.DATA, "[7]", "ids go from 0 to 3");
  }

  @Test
  void describeRefusesTheKnownClassesThatTrainingRefuses() {
    refused(describe("data.known_classes=[0,7]"), ExitCodes.DATA, "[7]", "ids go from 0 to 3");
    refused(describe("data.known_classes=x,class 1"), ExitCodes.DATA, "no class is called 'x'");
  }

  private CommandLineRun describe(String known) {
    var images = "data.npz.path=" + archive;
    return CommandLineRun.of(
        "data", "describe", CommandLineRun.TINY, "--set", images, "--set", known);
  }

  @Test
  void labelBeyondTheClassNames() {
    refused(
        trainOnArchive("data.npz.class_names=[\"a\",\"b\",\"c\"]"),
        ExitCodes.DATA,
        "label 3",
        "0..2");
  }

  @Test
  void classNamesThatAreNoNames() {
    refused(
        trainOnArchive("data.npz.class_names=[\"a\",\"b\",\"a\",\"d\"]"),
        ExitCodes.DATA,
        "classes 0 and 2 are both named a");
    refused(
        trainOnArchive("data.npz.class_names=[\"a\",\"unknown\",\"c\",\"d\"]"),
        ExitCodes.DATA,
        "known class 1 is called 'unknown'");
  }

  @Test
  void emptyClassFolder() throws IOException {
    classFolders();
    Files.createDirectories(folder.resolve("images/empty"));
    refused(trainOnFolder(), ExitCodes.DATA, "empty");
  }

  @Test
  void damagedPhotograph() throws IOException {
    classFolders();
    var damaged = folder.resolve("images/b/3.jpg");
    var bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    refused(trainOnFolder(), ExitCodes.DATA, "b/3.jpg", "damaged");
  }

  private void classFolders() throws IOException {
    for (var name : List.of("a", "b", "c")) {
      var images = Files.createDirectories(folder.resolve("images").resolve(name));
      for (var i = 0; i < 10; i++) {
        Files.write(images.resolve(i + ".jpg"), DrawnImages.noise(24, "jpg", i));
      }
    }
  }

  private CommandLineRun trainOnFolder() {
    return train(
        CommandLineRun.TINY,
        "data.folder.path=" + folder.resolve("images"),
        "data.known_classes=[0,1]",
        "data.image_size_px=16");
  }

  @Test
  void fewerImagesThanABatch() {
    refused(trainOnArchive("training.batch_size=64"), ExitCodes.DATA, "40", "batch_size");
  }

  @Test
  void gpuThatIsNotThere() {
    org.junit.jupiter.api.Assumptions.assumeFalse(
        CommandLineRun.of("info").out().contains("GPU:0"), "this machine has a GPU");
    var result = CommandLineRun.of("train", CommandLineRun.TINY, "--run", run, "--device", "gpu");
    refused(result, ExitCodes.USAGE, "runtime.device is GPU", "CPU:0");
    assertThat(result.err()).contains("\n  ", "to do: ");
  }

  @Test
  void runFolderThatIsAFile() throws IOException {
    Files.writeString(run, "in the way");
    var result = trainOnArchive();
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors()).singleElement().asString().contains(run.toString());
    assertThat(run).hasContent("in the way");
  }

  @Test
  void resumeWithoutAFolder() {
    var result = CommandLineRun.of("train", CommandLineRun.TINY, "--resume");
    refused(result, ExitCodes.USAGE, "--resume", "--run");
  }

  @Test
  void unknownOptionNamesItsHelp() {
    refused(
        CommandLineRun.of("train", CommandLineRun.TINY, "--resum"),
        ExitCodes.USAGE,
        "--resum",
        "did you mean --resume",
        "openmargin train --help");
  }

  @Test
  void folderThatIsNoRun() {
    refused(CommandLineRun.of("evaluate", folder), ExitCodes.USAGE, "is not a run folder");
    refused(
        CommandLineRun.of("evaluate", folder, "--scorers", "energy,mlogit"),
        ExitCodes.USAGE,
        "there is no scorer 'mlogit'; give all, or a comma-separated list of",
        "max_logit");
  }

  @Test
  void folderThatIsNoSavedModel() {
    refused(CommandLineRun.of("predict", folder, archive), ExitCodes.EXPORT, "is not a SavedModel");
  }

  @Test
  void debugShowsWhere() {
    var result = CommandLineRun.of("evaluate", folder, "--debug");
    assertThat(result.errors()).hasSize(1);
    assertThat(result.err()).contains("\tat org.openmargin");
  }
}
