package org.openmargin.cli.data;

import org.openmargin.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code openmargin data}: images before they are trained on. */
@Command(
    name = "data",
    header = "Download, count, audit, divide and convert data sets.",
    footer = {
      "  openmargin data list",
      "  openmargin data download bloodmnist --size 64",
      "  openmargin data describe my.textproto",
      "  openmargin data audit my.textproto",
      "  openmargin data split images.csv --by patient_id --out split.csv",
      "  openmargin data convert images.csv --to tfrecord --out records"
    })
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  public static CommandLine withSubcommands(Console console) {
    return new CommandLine(new DataCommand())
        .addSubcommand(new DataListCommand(console))
        .addSubcommand(new DataDownloadCommand(console))
        .addSubcommand(new DataDescribeCommand(console))
        .addSubcommand(new DataAuditCommand(console))
        .addSubcommand(new DataSplitCommand(console))
        .addSubcommand(new DataConvertCommand(console));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "data needs list, download, describe, audit, split or convert");
  }
}
