package org.openmargin.cli;

import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    header = "Print a completion script for bash and zsh.",
    footer = {
      "  source <(openmargin completion)                          in this shell",
      "  echo 'source <(openmargin completion)' >> ~/.bashrc      in every shell"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().print(CompletionScript.of(spec.root().commandLine()));
    return ExitCodes.OK;
  }
}
