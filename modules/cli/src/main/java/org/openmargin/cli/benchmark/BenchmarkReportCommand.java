package org.openmargin.cli.benchmark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.table.TableFormat;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    header = "Print the table of a plan's finished trials.",
    description = {
      "Means over class splits, seeds averaged first (over seeds if there is only one split),",
      "with standard deviation and 95 %% interval; published figures; tests against the plan's",
      "baseline; every split; missing trials; and where the figures come from. Needs only the",
      "result files."
    },
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {
      "  openmargin benchmark report plan.textproto",
      "  openmargin benchmark report plan.textproto --format markdown --digits 2",
      "  openmargin benchmark report plan.textproto --baseline OMCL",
      "  openmargin benchmark report plan.textproto --scorer max_logit --format csv"
    })
final class BenchmarkReportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PlanOptions plan;

  @Mixin private MethodOption methods;

  @Option(
      names = "--format",
      paramLabel = "text|markdown|csv|json",
      defaultValue = "text",
      description = "Output format. Default: text.")
  private TableFormat format;

  @Option(
      names = "--scorer",
      paramLabel = "NAME",
      description = {
        "AUROC and OSCR of this scorer, as named in result files: max_logit.",
        "Default: the one that each experiment selects."
      })
  private Optional<String> scorer;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description = "The method that the others are tested against. Default: the plan's.")
  private Optional<String> baseline;

  @Option(
      names = "--digits",
      paramLabel = "1|2",
      defaultValue = "1",
      description = "Decimals of percentages. Default: 1.")
  private int digits;

  BenchmarkReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    lines().forEach(console::line);
    return ExitCodes.OK;
  }

  List<String> lines() {
    if (digits < 1 || digits > 2) {
      throw new RunException("--digits is %d, must be 1 or 2".formatted(digits));
    }
    var results = methods.of(plan.readResults());
    var benchmark = baseline.map(results::against).orElse(results);
    return format.lines(benchmark.report(scorer), digits);
  }
}
