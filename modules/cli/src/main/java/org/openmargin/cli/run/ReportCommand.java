package org.openmargin.cli.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.RunOverrides;
import org.openmargin.experiment.Experiment;
import org.openmargin.files.FileErrors;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.EvaluationText;
import org.openmargin.report.ReportException;
import org.openmargin.report.plot.FailurePicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    header = "Rebuild the reports of evaluated runs from their result files.",
    description = {
      "Reads the result files of a run, prints the figures and writes RUN/report.html; of several",
      "runs, also a page that compares them. Needs no checkpoints and no TensorFlow, and images",
      "only with --images: without it no image of the data is in a page."
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
      "  openmargin report runs/mine --figures charts",
      "  openmargin report runs/mine --images --set data.folder.path=/data/cells",
      "  openmargin report runs/omcl runs/softmax --out comparison.html"
    })
public final class ReportCommand implements Callable<Integer> {
  private static final Path COMPARISON = Path.of("comparison.html");

  private final Console console;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders.")
  private List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "One run: write its report here, not to RUN/report.html.",
        "Several runs: write the page that compares them",
        "here, not to comparison.html."
      })
  private Optional<Path> out;

  @Option(
      names = "--figures",
      paramLabel = "FOLDER",
      description = {
        "Also write every chart as an SVG and a CSV file.",
        "Several runs: the charts that compare them."
      })
  private Optional<Path> figures;

  @Option(
      names = "--images",
      description = {
        "Show images: some of each class, and wrong answers.",
        "The reports then hold images of the test set: handle",
        "them like those."
      })
  private boolean images;

  @Mixin private RunOverrides overrides;

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
      var pictures = pictures(run);
      write(page, () -> EvaluationHtml.write(page, run, pictures));
      text.line("report       " + page);
      text.line("");
    }
    comparison(runs)
        .ifPresent(
            page -> {
              write(page, () -> EvaluationHtml.writeComparison(page, runs));
              text.line("comparison   " + page);
            });
    figures.ifPresent(
        folder -> {
          write(folder, () -> EvaluationHtml.writeFigures(folder, runs));
          text.line("figures      " + folder);
        });
    json.print(console, () -> json(runs));
    return ExitCodes.OK;
  }

  private Map<String, FailurePicture> pictures(EvaluatedRun run) {
    if (!images) {
      return Map.of();
    }
    var opened =
        Experiment.open(run.files().folder(), overrides.with(List.of()))
            .with(new Notices(console)::shown);
    var pictures = new HashMap<>(opened.pictures(EvaluationHtml.pictured(run)));
    run.files().readAudit().map(opened::pictures).ifPresent(pictures::putAll);
    return pictures;
  }

  private Optional<Path> comparison(List<EvaluatedRun> runs) {
    return runs.size() > 1 ? Optional.of(out.orElse(COMPARISON)) : Optional.empty();
  }

  private Path page(EvaluatedRun run, List<EvaluatedRun> runs) {
    return runs.size() == 1 ? out.orElse(run.files().report()) : run.files().report();
  }

  private JsonObject json(List<EvaluatedRun> runs) {
    var json = new JsonObject();
    json.add("runs", Json.array(runs, run -> json(run, page(run, runs))));
    comparison(runs).ifPresent(page -> json.addProperty("comparison", page.toString()));
    figures.ifPresent(folder -> json.addProperty("figures", folder.toString()));
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
