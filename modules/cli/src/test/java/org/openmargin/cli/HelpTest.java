package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.config.Experiments;
import picocli.CommandLine;

class HelpTest {
  private static final Console NOWHERE =
      new Console(
          new PrintStream(PrintStream.nullOutputStream()),
          new PrintStream(PrintStream.nullOutputStream()),
          false,
          "openmargin");

  private static CommandLine root() {
    return OpenMargin.commandLine(new RootCommand(NOWHERE), NOWHERE);
  }

  static List<CommandLine> commands() {
    var all = new ArrayList<CommandLine>();
    collect(root(), all);
    return all;
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(sub -> collect(sub, all));
  }

  /** Example lines of all commands, without remarks, pipes and redirections. */
  static List<String> examples() {
    return commands().stream()
        .flatMap(command -> Arrays.stream(command.getCommandSpec().usageMessage().footer()))
        .filter(line -> line.startsWith("  openmargin "))
        .map(line -> line.strip().replaceFirst("( {3,}| > ).*", ""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleParses(String example) {
    var words = Arrays.copyOfRange(example.split(" ", -1), 1, example.split(" ", -1).length);
    var parsed = root().parseArgs(words);
    assertThat(parsed.subcommand()).isNotNull();
    assertThat(parsed.errors()).isEmpty();
  }

  @Test
  void everyOverrideInAnExampleExists() {
    var overrides =
        examples().stream()
            .flatMap(example -> Arrays.stream(example.split(" --set ", -1)).skip(1))
            .map(rest -> rest.replaceFirst(" .*", ""))
            .toList();
    assertThat(overrides).hasSizeGreaterThan(5);
    assertThatCode(() -> Experiments.parse(Experiments.quickstart(), "quickstart", overrides))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAHeaderAndAnExample(CommandLine command) {
    var usage = command.getCommandSpec().usageMessage();
    assertThat(usage.header()).hasSize(1);
    assertThat(usage.footer()).anyMatch(line -> line.contains("openmargin"));
    assertThat(command.getCommandSpec().options()).allMatch(o -> o.description().length > 0);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyHelpFitsATerminal(CommandLine command) {
    assertThat(command.getUsageMessage().lines()).allMatch(line -> line.length() <= 90);
  }

  @Test
  void helpIsNoError() {
    var help = CommandLineRun.of("train", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: openmargin train", "--resume", "Exit codes:");
  }

  @Test
  void nothingAtAllShowsTheHelp() {
    assertThat(CommandLineRun.of()).isEqualTo(CommandLineRun.of("--help"));
  }

  @Test
  void groupWithoutCommandSaysWhichThereAre() {
    var result = CommandLineRun.of("config");
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "openmargin: config needs init, validate, explain or diff; see: openmargin config"
                + " --help");
  }

  @Test
  void completionIsAScriptThatBashCanRead(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
    var script = Files.writeString(folder.resolve("c"), CommandLineRun.of("completion").out());
    var bash = new ProcessBuilder("/bin/bash", "-n", script.toString()).inheritIO().start();
    assertThat(bash.waitFor()).isZero();
    try (var lines = Files.lines(script)) {
      assertThat(lines).anyMatch(line -> line.contains("quickstart"));
    }
  }
}
