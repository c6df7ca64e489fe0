package org.openmargin.cli.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.openmargin.cli.console.Column;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.metrics.DifferencesJson;
import org.openmargin.report.comparison.ComparedRun;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.PairedBootstrap;
import org.openmargin.scoring.metric.PairedBootstrap.Difference;

/**
 * Runs beside each other.
 *
 * @param runs the first is the one to compare with
 * @param bootstrap of the differences; empty for none
 */
record RunComparison(List<ComparedRun> runs, Optional<Bootstrap> bootstrap) {
  private static final String NONE = "-";

  void print(Console console) {
    var columns =
        List.of(
            new Column<ComparedRun>("run", true, ComparedRun::folder),
            figure("ACC", run -> Optional.of(run.acc())),
            figure("AUROC", ComparedRun::auroc),
            figure("OSCR", ComparedRun::oscr),
            figure("known rejected", run -> Optional.of(run.knownRejected())),
            figure("unknown rejected", ComparedRun::unknownRejected));
    Column.lines(columns, runs, console.terminal().widestLine()).forEach(console::line);
    others().forEach(run -> printAgainstFirst(console, run));
  }

  private List<ComparedRun> others() {
    return runs.subList(1, runs.size());
  }

  private static Column<ComparedRun> figure(
      String title, Function<ComparedRun, Optional<Double>> value) {
    return new Column<>(
        title,
        false,
        run -> value.apply(run).map(v -> String.format(Locale.ROOT, "%.4f", v)).orElse(NONE));
  }

  private void printAgainstFirst(Console console, ComparedRun run) {
    console.line("");
    console.line(run.folder() + " against " + runs.get(0).folder() + ":");
    if (run.isTestedLike(runs.get(0)) && !run.isOpen()) {
      var acc = String.format(Locale.ROOT, "%+.4f", run.acc() - runs.get(0).acc());
      console.line("  ACC   " + acc + "; AUROC, OSCR: not measured, no unknown test images");
    } else if (run.isTestedLike(runs.get(0))) {
      differences(run)
          .ifPresent(
              d -> {
                console.line("  ACC   " + text(d.acc()));
                console.line("  AUROC " + text(d.auroc()));
                console.line("  OSCR  " + text(d.oscr()));
              });
    } else {
      console.line("  not tested on the same images: figures cannot be compared directly");
    }
    var settings = settings(run);
    settings.forEach(line -> console.line("  " + line));
    if (settings.isEmpty()) {
      console.line("  the experiments are equal");
    }
  }

  private List<String> settings(ComparedRun run) {
    return runs.get(0).settingsOf(run);
  }

  private Optional<PairedBootstrap.Differences> differences(ComparedRun run) {
    var first = runs.get(0).answers().scores();
    var second = run.answers().scores();
    return bootstrap.filter(b -> run.isOpen()).map(b -> new PairedBootstrap(b).of(first, second));
  }

  private static String text(Difference difference) {
    var interval = difference.interval();
    return String.format(
        Locale.ROOT,
        "%+.4f [%+.4f, %+.4f]%s",
        difference.difference(),
        interval.low(),
        interval.high(),
        difference.isCertain() ? "" : ", not certain");
  }

  JsonElement row(ComparedRun run) {
    var json = new JsonObject();
    json.addProperty("run", run.folder());
    json.addProperty("acc", run.acc());
    run.auroc().ifPresent(v -> json.addProperty("auroc", v));
    run.oscr().ifPresent(v -> json.addProperty("oscr", v));
    if (!run.equals(runs.get(0))) {
      json.add("settings", Json.texts(settings(run)));
      if (run.isTestedLike(runs.get(0))) {
        differences(run).ifPresent(d -> json.add("differences", DifferencesJson.of(d)));
      }
    }
    return json;
  }
}
