package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** The commands that need no network. */
class ConfigAndDataIT {
  @TempDir private Path folder;

  @Test
  void whatInitWritesIsValidAndKept() throws IOException {
    var file = folder.resolve("my.textproto");
    assertThat(CommandLineRun.of("config", "init", file).code()).isZero();
    var text = Files.readString(file);

    assertThat(CommandLineRun.of("config", "validate", file).out()).contains(file + ": ok");
    assertThat(CommandLineRun.of("config", "init").out()).isEqualTo(text);
    var again = CommandLineRun.of("config", "init", file);
    assertThat(again.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(again.err()).contains("already exists");
    assertThat(file).hasContent(text);
  }

  @Test
  void whatExplainPrintsIsTheSameExperiment() throws IOException {
    var explained = folder.resolve("explained.textproto");
    Files.writeString(
        explained,
        CommandLineRun.of("config", "explain", CommandLineRun.TINY, "--set", "training.epochs=7")
            .out());
    var diff = CommandLineRun.of("config", "diff", CommandLineRun.TINY, explained);
    assertThat(diff.code()).isZero();
    assertThat(diff.out().lines()).containsExactly("training.epochs: 2 -> 7");
    assertThat(CommandLineRun.of("config", "diff", explained, explained).out()).isEmpty();
  }

  @Test
  void everyShippedExperimentIsValid() throws IOException {
    try (var files = Files.walk(CommandLineRun.REPOSITORY.resolve("proto/experiments"))) {
      var experiments = files.filter(f -> f.toString().endsWith(".textproto")).toList();
      assertThat(experiments).hasSizeGreaterThan(3);
      for (var experiment : experiments) {
        var overrides = List.of("--set", needsPath(experiment));
        var args = Stream.concat(Stream.of("config", "validate", experiment), overrides.stream());
        var result = CommandLineRun.of(args.toArray());
        assertThat(result.code()).as(result.err()).isZero();
      }
    }
  }

  private static String needsPath(Path experiment) throws IOException {
    var text = Files.readString(experiment);
    if (text.contains("npz {")) {
      return "data.npz.path=x.npz";
    }
    if (text.contains("manifest {")) {
      return "data.manifest.path=x.csv";
    }
    return text.contains("folder {") ? "data.folder.path=x" : "runtime.seed=0";
  }

  @Test
  void describeMarksKnownAndUnknownClasses() {
    var described = CommandLineRun.of("data", "describe", CommandLineRun.TINY);
    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out())
        .contains("synthetic-cells: 512 images, 32 x 32 px, RGB")
        .containsPattern("0 +lymphoid +known +32 +16 +16 +64")
        .containsPattern("1 +blast +unknown +32 +16 +16 +64")
        .containsPattern("total +256 +128 +128 +512");
  }

  @Test
  void describeCountsMoreImagesThanTheHeapHolds() throws Exception {
    var archive = SmallArchive.write(folder.resolve("many.npz"), 2, 8000);
    var process = CommandLineRun.process("data", "describe", archive);
    process.environment().put("JAVA_TOOL_OPTIONS", "-Xmx32m -Duser.home=" + folder);

    var described = CommandLineRun.of(process);

    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out()).contains("48,000 images, 16 x 16 px, RGB");
  }

  @Test
  void missingDownloadIsFetchedToWhereTheExperimentLooks() {
    var blood = CommandLineRun.REPOSITORY + "/proto/experiments/bloodmnist/omcl.textproto";
    var place = "data.medmnist.directory=" + folder;
    var result = CommandLineRun.of("data", "describe", blood, "--set", place);
    assertThat(result.code()).isEqualTo(ExitCodes.DATA);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains("openmargin data download bloodmnist", "--to " + folder);
  }

  @Test
  void downloadFromAMirrorFolderRefusesAWrongFile() throws IOException {
    var mirror = Files.createDirectories(folder.resolve("mirror"));
    Files.writeString(mirror.resolve("bloodmnist.npz"), "not what was published");
    var to = folder.resolve("data");

    var result =
        CommandLineRun.of("data", "download", "bloodmnist", "--mirror", mirror, "--to", to);

    assertThat(result.code()).isEqualTo(ExitCodes.DATA);
    assertThat(result.errors()).singleElement().asString().contains("MD5");
    assertThat(Tree.of(to)).isEmpty();
  }

  @Test
  void downloadRefusesAMirrorThatIsNoServer() {
    var result =
        CommandLineRun.of(
            "data", "download", "bloodmnist", "--mirror", "ftp://example.org/", "--to", folder);
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains("--mirror ftp://example.org/", "https://HOST", "a folder");
  }

  @Test
  void downloadOfAnUnknownSetNamesAll() {
    var result = CommandLineRun.of("data", "download", "bloodmist", "--to", folder);
    assertThat(result.code()).isEqualTo(ExitCodes.DATA);
    assertThat(result.errors()).singleElement().asString().contains("bloodmnist", "octmnist");
  }

  @Test
  void listNamesEverySetAndWhatIsThere() throws IOException {
    Files.createFile(folder.resolve("octmnist_64.npz"));
    var listed = CommandLineRun.of("data", "list", "--to", folder);
    assertThat(listed.code()).isZero();
    assertThat(listed.out()).containsPattern("octmnist +4 +64 +choroidal").contains("tissuemnist");
    assertThat(listed.out().lines()).hasSize(13);
  }

  @Test
  void infoShowsVersionsAndDevices() {
    var shown = CommandLineRun.of("info");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("OpenMargin", "TensorFlow", "2.18", "CPU:0", "processor");
  }
}
