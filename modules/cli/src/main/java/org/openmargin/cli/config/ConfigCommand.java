package org.openmargin.cli.config;

import org.openmargin.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code openmargin config}: experiments before they run. */
@Command(
    name = "config",
    header = "Write, check, explain and compare experiments.",
    footer = {
      "  openmargin config init my.textproto",
      "  openmargin config validate my.textproto",
      "  openmargin config explain my.textproto --set training.epochs=5",
      "  openmargin config diff one.textproto other.textproto"
    })
public final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  public static CommandLine withSubcommands(Console console) {
    return new CommandLine(new ConfigCommand())
        .addSubcommand(new ConfigInitCommand(console))
        .addSubcommand(new ConfigValidateCommand(console))
        .addSubcommand(new ConfigExplainCommand(console))
        .addSubcommand(new ConfigDiffCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "config needs init, validate, explain or diff");
  }
}
