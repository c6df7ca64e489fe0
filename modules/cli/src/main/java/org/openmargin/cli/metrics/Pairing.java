package org.openmargin.cli.metrics;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.openmargin.cli.console.Console;
import org.openmargin.scoring.metric.PairedBootstrap;
import org.openmargin.scoring.metric.PairedBootstrap.Difference;

/**
 * How a second file of answers about the same images differs from the first.
 *
 * @param first metrics of it
 * @param second metrics of it
 * @param differences second minus first
 */
record Pairing(MeasuredFile first, MeasuredFile second, PairedBootstrap.Differences differences) {

  /** A line per metric: first, second, difference. */
  void print(Console console) {
    console.print("%-16s %7s  %7s  %8s", "", "first", "second", "second - first");
    row(console, "ACC", first.acc(), second.acc(), differences.acc());
    row(console, "AUROC", first.metrics().auroc(), second.metrics().auroc(), differences.auroc());
    row(console, "OSCR", first.metrics().oscr(), second.metrics().oscr(), differences.oscr());
  }

  private static void row(
      Console console, String name, double one, double other, Difference difference) {
    var interval = difference.interval();
    console.line(
        String.format(
            Locale.ROOT,
            "%-16s %7.4f  %7.4f  %+8.4f  [%+.4f, %+.4f]%s",
            name,
            one,
            other,
            difference.difference(),
            interval.low(),
            interval.high(),
            difference.isCertain() ? "" : "  not certain"));
  }

  JsonObject json() {
    var json = new JsonObject();
    json.add("first", MetricsJson.object(first));
    json.add("second", MetricsJson.object(second));
    json.add("differences", DifferencesJson.of(differences));
    return json;
  }
}
