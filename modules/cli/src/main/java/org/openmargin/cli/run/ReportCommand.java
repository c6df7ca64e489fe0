package org.openmargin.cli.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.files.FileErrors;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.EvaluationText;
import org.openmargin.report.ReportException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private JsonOption json;

  public ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var runs = folders.stream().map(EvaluatedRun::read).toList();
    var text = json.text(console);
    for (var run : runs) {
      text.line("run          " + run.files().folder());
      text.line("");
      EvaluationText.lines(run.evaluation()).forEach(text::line);
      text.line("");
      var page = page(run, runs);
      write(page, () -> EvaluationHtml.write(page, run));
      text.line("report       " + page);
      text.line("");
    }
    if (runs.size() > 1 && out.isPresent()) {
      write(out.get(), () -> EvaluationHtml.writeComparison(out.get(), runs));
      text.line("comparison   " + out.get());
    }
    json.print(console, () -> json(runs));
    return ExitCodes.OK;
  }

  private Path page(EvaluatedRun run, List<EvaluatedRun> runs) {
    return runs.size() == 1 ? out.orElse(run.files().report()) : run.files().report();
  }

  private JsonObject json(List<EvaluatedRun> runs) {
    var json = new JsonObject();
    json.add("runs", Json.array(runs, run -> json(run, page(run, runs))));
    if (runs.size() > 1) {
      out.ifPresent(page -> json.addProperty("comparison", page.toString()));
    }
    return json;
  }

  private static JsonObject json(EvaluatedRun run, Path page) {
    var json = new JsonObject();
    json.addProperty("run", run.files().folder().toString());
    json.addProperty("report", page.toString());
    json.add("evaluation", Json.read(run.files().evaluation()));
    return json;
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Path page, Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new ReportException("cannot write " + page + ": " + FileErrors.reason(e), e);
    }
  }
}
