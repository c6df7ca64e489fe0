package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/bundle --cpu} on this build: parts, join, and a machine without Java. */
class BundleIT {
  private static final Path BUNDLE = CommandLineRun.REPOSITORY.resolve("tools/bundle");

  @TempDir private static Path folder;
  private static Path parts;

  @BeforeAll
  static void makeBundle() throws Exception {
    assumeTrue(isLinuxOnX86(), "bundles are for linux-x86_64");
    var made = bundle("--cpu", "--compress", "none", "--split", "200M", "--out", folder.toString());
    assertThat(made.code()).as(made.err()).isZero();
    parts = Path.of(made.out().strip());
  }

  private static boolean isLinuxOnX86() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  private static CommandLineRun bundle(String... args) throws Exception {
    var command = Stream.concat(Stream.of(BUNDLE.toString()), Stream.of(args)).toList();
    var builder = new ProcessBuilder(command);
    builder.environment().put("OPENMARGIN_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return CommandLineRun.of(builder);
  }

  private static CommandLineRun join(Path target) throws Exception {
    return CommandLineRun.of(
        new ProcessBuilder("sh", parts.resolve("join").toString(), target.toString()));
  }

  private static List<Path> partFiles() throws IOException {
    try (var files = Files.list(parts)) {
      return files.filter(file -> file.toString().matches(".*\\.\\d{4}")).sorted().toList();
    }
  }

  @Test
  void partsAreJoinedAndRunWithoutJavaAndWithoutWriting() throws Exception {
    var target = Files.createDirectory(folder.resolve("joined"));
    var joined = join(target);
    assertThat(joined.code()).as(joined.err()).isZero();
    var archive = Tree.of(target);
    assertThat(archive).singleElement().asString().endsWith("-linux-x86_64-cpu.tar");
    var tar = List.of("tar", "-xf", archive.get(0), "-C", target.toString());
    assertThat(new ProcessBuilder(tar).directory(target.toFile()).inheritIO().start().waitFor())
        .isZero();
    Files.delete(target.resolve(archive.get(0)));
    var bundle = target.resolve(archive.get(0).replace(".tar", ""));

    var sums = new ProcessBuilder("sha256sum", "--quiet", "-c", "SHA256SUMS");
    assertThat(CommandLineRun.of(sums.directory(bundle.toFile())).code()).isZero();
    var unpacked = Tree.of(bundle);
    var home = Files.createDirectory(folder.resolve("home"));
    var info = CommandLineRun.of(onABareMachine(bundle, home, "info"));
    assertThat(info.code()).as(info.err()).isZero();
    assertThat(info.out())
        .contains(bundle + "/runtime", bundle + "/lib/tensorflow", "build for the CPU")
        .contains("use the bundle for GPUs");
    assertThat(Tree.of(home)).as("what it unpacked or cached").isEmpty();

    var tiny = bundle.resolve("experiments/synthetic/tiny.textproto").toString();
    var trained = CommandLineRun.of(onABareMachine(bundle, home, "train", tiny, "--run", "r"));
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(Files.readString(home.resolve("r/provenance.json")))
        .contains("openmargin train", "\"device\": \"CPU\"");
    assertThat(Tree.of(bundle)).as("the bundle may lie on a read-only disk").isEqualTo(unpacked);
  }

  private static ProcessBuilder onABareMachine(Path bundle, Path home, String... args) {
    var program = bundle.resolve("bin/openmargin").toString();
    var command = Stream.concat(Stream.of(program), Stream.of(args)).toList();
    var builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("OPENMARGIN_JAVA_OPTS", "-Duser.home=" + home);
    return builder;
  }

  @Test
  void everyPartThatIsDamagedOrMissingIsNamedAndNothingIsWritten() throws Exception {
    var files = partFiles();
    assertThat(files).hasSizeGreaterThan(2);
    var target = Files.createDirectory(folder.resolve("refused"));
    var missing = folder.resolve("elsewhere");
    Files.move(files.get(0), missing);
    flipAByte(files.get(1));
    try {
      var joined = join(target);
      assertThat(joined.code()).isEqualTo(1);
      assertThat(joined.err().lines())
          .containsExactly(
              "join: missing: " + files.get(0).getFileName(),
              "join: damaged: " + files.get(1).getFileName(),
              "join: 2 of %d parts cannot be used: copy them again; nothing was written"
                  .formatted(files.size()));
      assertThat(Tree.of(target)).isEmpty();
    } finally {
      Files.move(missing, files.get(0));
      flipAByte(files.get(1));
    }
  }

  private static void flipAByte(Path file) throws IOException {
    try (var part = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      part.seek(1000);
      var value = part.read();
      part.seek(1000);
      part.write(value ^ 1);
    }
  }

  @Test
  void partsOfAnotherArchiveAreRefused() throws Exception {
    var target = Files.createDirectory(folder.resolve("mixed"));
    var sums = parts.resolve("SHA256SUMS");
    var before = Files.readAllLines(sums);
    Files.write(sums, before.subList(0, before.size() - 1));
    try {
      var joined = join(target);
      assertThat(joined.code()).isEqualTo(1);
      assertThat(joined.err()).contains("not from one archive");
      assertThat(Tree.of(target)).isEmpty();
    } finally {
      Files.write(sums, before);
    }
  }

  @Test
  void aPersonCanReadWhatIsInIt() throws IOException {
    assertThat(parts.resolve("README.txt"))
        .content(StandardCharsets.UTF_8)
        .contains("sh join", "bin/openmargin info", "glibc 2.");
  }

  @Test
  void wrongArgumentsAreRefusedBeforeAnythingIsDone() throws Exception {
    assertRefused("--gpu or --cpu is required");
    assertRefused("not both", "--gpu", "--cpu");
    assertRefused("--split 60X", "--cpu", "--split", "60X");
    assertRefused("--compress rar", "--cpu", "--compress", "rar");
    assertRefused("--out needs a value", "--cpu", "--out");
    assertRefused("unknown argument --gpus", "--gpus");
  }

  private static void assertRefused(String reason, String... args) throws Exception {
    var result = bundle(args);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines()).singleElement().asString().contains(reason);
    assertThat(result.out()).isEmpty();
  }
}
