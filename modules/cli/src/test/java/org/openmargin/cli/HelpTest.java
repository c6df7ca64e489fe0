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
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Descriptions are formats: a single per cent sign would be complained about in every help. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyDescriptionIsAFormat(CommandLine command) {
    var spec = command.getCommandSpec();
    var texts = new ArrayList<>(List.of(spec.usageMessage().description()));
    spec.args().forEach(argument -> texts.addAll(List.of(argument.description())));
    texts.addAll(List.of(spec.usageMessage().footer()));
    assertThat(texts).allSatisfy(text -> assertThat(String.format(text)).isNotNull());
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

  /** A wrapped command cannot be copied. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyExampleStandsOnOneLine(CommandLine command) {
    var shown = command.getUsageMessage().lines().toList();
    assertThat(command.getCommandSpec().usageMessage().footer())
        .allSatisfy(line -> assertThat(shown).contains(line.formatted().stripTrailing()));
  }

  /** The first word of a line that goes on would not have fitted on the line before. */
  @ParameterizedTest
  @MethodSource("commands")
  void descriptionsAreWrappedAsParagraphs(CommandLine command) {
    for (var width : new int[] {60, 75, 90}) {
      command.getCommandSpec().usageMessage().width(width);
      var lines = command.getUsageMessage().lines().toList();
      for (var i = 1; i < lines.size(); i++) {
        var before = lines.get(i - 1).strip();
        // A line with a label alone: what it means begins on the next one.
        var described = before.contains("  ") || (!before.startsWith("-") && before.contains(" "));
        if (lines.get(i).matches(" {12,}\\S.*") && !before.isEmpty() && described) {
          var word = lines.get(i).strip().split(" ", -1)[0];
          assertThat(lines.get(i - 1).length() + 1 + word.length())
              .as(lines.get(i - 1))
              .isGreaterThan(width - 3);
        }
      }
    }
  }

  @Test
  void everyCommandThatReportsCanSpeakJson() {
    var names =
        commands().stream()
            .filter(c -> c.getCommandSpec().optionsMap().containsKey("--json"))
            .map(c -> c.getCommandSpec().qualifiedName())
            .toList();
    assertThat(names)
        .contains(
            "openmargin train",
            "openmargin evaluate",
            "openmargin export",
            "openmargin verify",
            "openmargin map",
            "openmargin info",
            "openmargin report",
            "openmargin compare",
            "openmargin metrics",
            "openmargin data describe",
            "openmargin data list",
            "openmargin config validate",
            "openmargin benchmark status",
            "openmargin benchmark report");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train x --set training.epo | training.epochs=",
        "train x --set runtime.device = | auto cpu gpu",
        "train x --set runtime.device = g | gpu",
        "train x --set runtime.deterministic = t | true",
        "evaluate x --scorers kn | knn",
        "evaluate x --scorers energy,mahal | energy,mahalanobis",
        "evaluate x --device c | cpu",
        "quickst | quickstart"
      })
  void bashCompletesPathsValuesAndScorers(String typed, String expected, @TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
    var script = Files.writeString(folder.resolve("c"), CommandLineRun.of("completion").out());
    var ask =
        "source %s; COMP_WORDS=(openmargin %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _openmargin_complete 2>/dev/null; echo \"${COMPREPLY[*]}\""
            .formatted(script, typed);
    var answer = CommandLineRun.of(new ProcessBuilder("/bin/bash", "-c", ask));
    assertThat(answer.out().strip()).isEqualTo(expected);
  }
}
