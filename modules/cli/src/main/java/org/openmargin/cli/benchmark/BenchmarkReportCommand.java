package org.openmargin.cli.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.benchmark.table.TableFormat;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    header = "Print the table of a plan's finished trials.",
    description = {
      "Means over class splits, seeds averaged first (over seeds if there is only one split),",
      "with standard deviation and interval; published figures; AUROC of each unknown class; tests",
      "against the plan's baseline, by split and by unknown class; every split; missing trials; and",
      "where the figures come from. Needs only the result files."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin benchmark report plan.textproto",
      "  openmargin benchmark report plan.textproto --format markdown --digits 2",
      "  openmargin benchmark report plan.textproto --baseline OMCL",
      "  openmargin benchmark report plan.textproto --scorer max_logit --format csv",
      "  openmargin benchmark report plan.textproto --matrix",
      "  openmargin benchmark report plan.textproto --html plan.html"
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

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Option(
      names = "--scorer",
      paramLabel = "NAME",
      description = {
        "AUROC and OSCR of this scorer, as named in result files: max_logit; the title says where",
        "it was not the deciding one. Default: the one that each experiment decides by."
      })
  private Optional<String> scorer;

  @Option(
      names = "--matrix",
      description = {
        "Every method by every scorer (AUROC and OSCR), in place of the table. The scorer that",
        "decides in an experiment is marked; a score that is picked here is no result."
      })
  private boolean matrix;

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

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = {
        "Write all tables, the matrix of scorers and charts of the plan's sweeps to one page that",
        "works offline, in place of printing."
      })
  private Optional<Path> html;

  BenchmarkReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (html.isPresent()) {
      write(html.get());
      console.line("page         " + html.get());
    } else {
      lines().forEach(console::line);
    }
    return ExitCodes.OK;
  }

  private void write(Path file) {
    var page = benchmark().page(scorer, digits);
    try {
      page.write(file);
    } catch (IOException e) {
      throw new RunException("cannot write %s: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private Benchmark benchmark() {
    if (digits < 1 || digits > 2) {
      throw new RunException("--digits is %d, must be 1 or 2".formatted(digits));
    }
    var results = methods.of(plan.readResults());
    return baseline.map(results::against).orElse(results);
  }

  private TableFormat wanted() {
    return json ? TableFormat.JSON : format;
  }

  List<String> lines() {
    var benchmark = benchmark();
    if (matrix) {
      return benchmark.matrix().lines(wanted(), digits);
    }
    return wanted().lines(benchmark.report(scorer), digits);
  }
}
