package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.cli.console.ExitCodes;

/** {@code tools/openmargin} on this build. */
class LauncherIT {
  private static final Path LAUNCHER = CommandLineRun.REPOSITORY.resolve("tools/openmargin");

  @TempDir private Path folder;

  @BeforeAll
  static void bashIsThere() {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the launcher needs bash");
  }

  private ProcessBuilder launch(Path launcher, String... args) {
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("OPENMARGIN_BUILD", "never");
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  @Test
  void worksFromAnyFolderAndThroughALink() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("om"), LAUNCHER);
    var version = CommandLineRun.of(launch(link, "--version"));
    Files.delete(link);
    assertThat(version.code()).as(version.err()).isZero();
    assertThat(version.out()).startsWith("openmargin ");
    assertThat(version.err()).isEmpty();
  }

  @Test
  void passesExitCodesOn() throws Exception {
    var result = CommandLineRun.of(launch(LAUNCHER, "train", "nosuch.textproto"));
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.err()).startsWith("openmargin: nosuch.textproto: there is no such file");
  }

  @Test
  void keepsStandardErrorCleanWhenTensorFlowIsLoaded() throws Exception {
    var result = CommandLineRun.of(launch(LAUNCHER, "info"));
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("TensorFlow", "CPU:0");
    assertThat(result.err()).isEmpty();
  }

  /** Ends only when every process that inherited the pipe has ended, whatever is closed. */
  private CommandLineRun shell(String script) throws Exception {
    var builder = launch(Path.of("/bin/bash"), "-c", script, LAUNCHER.toString());
    return CommandLineRun.of(builder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ">&-",
        "2>&-",
        "<&-",
        ">&- 2>&-",
        "<&- >&-",
        "<&- 2>&-",
        "<&- >&- 2>&-",
        "2>/dev/null",
        ">/dev/null 2>&1 </dev/null"
      })
  @Timeout(120)
  void noProcessOutlivesACommandWhateverIsClosed(String streams) throws Exception {
    var result = shell("exec 7>&1; \"$0\" --version " + streams + "; echo $? >&7");
    var closed =
        streams.contains(">&-") && !streams.startsWith("2>&-") && !streams.equals("<&- 2>&-");
    var code = Integer.parseInt(result.out().lines().reduce("", (a, b) -> b));
    assertThat(code).isEqualTo(closed ? ExitCodes.OUTPUT : ExitCodes.OK);
  }

  @Test
  @Timeout(120)
  void aReaderThatGoesEndsACommandSilently() throws Exception {
    var result = shell("\"$0\" completion | head -n 1; echo ${PIPESTATUS[0]}");
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines().reduce("", (a, b) -> b))
        .isEqualTo(Integer.toString(ExitCodes.NO_READER));
  }

  @Test
  void argumentsMayHoldBlanksAndQuotes() throws Exception {
    var odd = "no such \"file\" $HOME *.textproto";
    var result = CommandLineRun.of(launch(LAUNCHER, "config", "validate", odd));
    assertThat(result.err()).contains(odd);
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void namesOfAllLanguagesCanBeReadInALocaleThatIsNotInstalled() throws Exception {
    // In files: this JVM may be unable to hand such names over.
    var names = List.of("plain", "Ätiologie", "Ötiologie", "细胞", "组织");
    var script = new StringBuilder("set -e\nmkdir -p größe\n");
    for (var name : names) {
      script.append("mkdir 'größe/%s'; cp n?.png 'größe/%s'\n".formatted(name, name));
    }
    Files.writeString(folder.resolve("make.sh"), script);
    Files.writeString(folder.resolve("describe.sh"), "exec \"$1\" data describe größe\n");
    for (var i = 1; i < 5; i++) {
      Files.write(folder.resolve("n" + i + ".png"), DrawnImages.noise(8, "png", i));
    }
    var bash = Path.of("/bin/bash");
    assertThat(CommandLineRun.of(launch(bash, "make.sh")).code()).isZero();
    for (var locale : List.of("xx_XX.UTF-8", "C", "en_US.UTF-8")) {
      var builder = launch(bash, "describe.sh", LAUNCHER.toString());
      builder.environment().keySet().removeIf(key -> key.startsWith("LC_"));
      builder.environment().put("LANG", locale);
      var described = CommandLineRun.of(builder);
      assertThat(described.code()).as(described.err()).isZero();
      assertThat(described.out()).contains(names).contains("total");
    }
  }

  @Test
  void saysWhichJavaItNeeds() throws Exception {
    var builder = launch(LAUNCHER, "--version");
    builder.environment().put("JAVA_HOME", folder.toString());
    var result = CommandLineRun.of(builder);
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.err()).contains("JAVA_HOME", "JDK, 17 or newer");
  }

  @Test
  void commandAndCommitReachProvenance() throws Exception {
    var run = folder.resolve("a run");
    var result =
        CommandLineRun.of(launch(LAUNCHER, "train", CommandLineRun.TINY, "--run", run.toString()));
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err().lines()).filteredOn(line -> line.startsWith("device: ")).hasSize(1);
    assertThat(result.err()).doesNotContain("WARNING", ".cc:");
    assertThat(Files.readString(run.resolve("provenance.json")))
        .contains("openmargin train", "a\\\\ run");
  }
}
