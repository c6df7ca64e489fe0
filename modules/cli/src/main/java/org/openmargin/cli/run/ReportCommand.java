package org.openmargin.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.files.FileErrors;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.EvaluationText;
import org.openmargin.report.ReportException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    header = "Rebuild the reports of evaluated runs from their result files.",
    description = {
      "Reads evaluation.json, predictions.csv, provenance.json and metrics.jsonl, prints the",
      "figures and writes RUN/report.html. Needs no images, no checkpoints and no TensorFlow."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin report runs/mine",
      "  openmargin report runs/mine --out /tmp/mine.html",
      "  openmargin report runs/omcl runs/softmax --out comparison.html"
    })
public final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders.")
  private List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "One run: write its report here, not to RUN/report.html.",
        "Several runs: also write a page here that compares them."
      })
  private Optional<Path> out;

  public ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var runs = folders.stream().map(EvaluatedRun::read).toList();
    for (var run : runs) {
      console.line("run          " + run.files().folder());
      console.line("");
      EvaluationText.lines(run.evaluation()).forEach(console::line);
      console.line("");
      var page = runs.size() == 1 ? out.orElse(run.files().report()) : run.files().report();
      write("report", page, () -> EvaluationHtml.write(page, run));
      console.line("");
    }
    if (runs.size() > 1) {
      out.ifPresent(
          page -> write("comparison", page, () -> EvaluationHtml.writeComparison(page, runs)));
    }
    return ExitCodes.OK;
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void write(String what, Path page, Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new ReportException("cannot write " + page + ": " + FileErrors.reason(e), e);
    }
    console.line("%-12s %s".formatted(what, page));
  }
}
