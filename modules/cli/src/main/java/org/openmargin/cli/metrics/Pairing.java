package org.openmargin.cli.metrics;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

  private Map<String, Difference> byName() {
    var all = new LinkedHashMap<String, Difference>();
    all.put("ACC", differences.acc());
    all.put("AUROC", differences.auroc());
    all.put("OSCR", differences.oscr());
    return all;
  }

  /** A line per metric: first, second, difference. */
  void print(Console console) {
    console.print("%-16s %7s  %7s  %8s", "", "first", "second", "second - first");
    row(console, "ACC", first.acc(), second.acc());
    row(console, "AUROC", first.metrics().auroc(), second.metrics().auroc());
    row(console, "OSCR", first.metrics().oscr(), second.metrics().oscr());
  }

  private void row(Console console, String name, double one, double other) {
    var difference = byName().get(name);
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
            interval.low() <= 0 && interval.high() >= 0 ? "  not certain" : ""));
  }

  JsonObject json() {
    var all = new JsonObject();
    byName()
        .forEach(
            (name, difference) -> {
              var json = new JsonObject();
              json.addProperty("difference", difference.difference());
              json.addProperty("low", difference.interval().low());
              json.addProperty("high", difference.interval().high());
              all.add(name.toLowerCase(Locale.ROOT), json);
            });
    var json = new JsonObject();
    json.add("first", MetricsJson.object(first));
    json.add("second", MetricsJson.object(second));
    json.add("differences", all);
    return json;
  }
}
