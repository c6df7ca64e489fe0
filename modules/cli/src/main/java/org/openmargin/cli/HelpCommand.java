package org.openmargin.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    header = "Show the help of a command.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.ARGUMENTS_TEXT},
    footer = {"  openmargin help", "  openmargin help train", "  openmargin help config init"})
final class HelpCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Default: the program itself.")
  private List<String> words = List.of();

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var command = spec.root().commandLine();
    for (var word : words) {
      var next = command.getSubcommands().get(word);
      if (next == null) {
        throw new ParameterException(
            spec.commandLine(), Misspelling.ofCommand(word, command.getCommandSpec()));
      }
      command = next;
    }
    command.usage(console.out());
    return ExitCodes.OK;
  }
}
