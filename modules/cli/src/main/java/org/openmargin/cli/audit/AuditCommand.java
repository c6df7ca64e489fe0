package org.openmargin.cli.audit;

import org.openmargin.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code openmargin audit}: what was exported and answered. */
@Command(
    name = "audit",
    header = "Check a log of exports and predictions.",
    footer = {"  openmargin audit verify audit.jsonl"})
public final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  public static CommandLine withSubcommands(Console console) {
    return new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "audit needs verify");
  }
}
