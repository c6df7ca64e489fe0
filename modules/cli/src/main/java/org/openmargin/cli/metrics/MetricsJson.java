package org.openmargin.cli.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.openmargin.report.ReportedScorer;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.Metric;

/** Metrics as one JSON object with the names that {@code evaluation.json} uses. */
final class MetricsJson {
  private MetricsJson() {}

  static JsonObject object(MeasuredFile measured) {
    var metrics = measured.metrics();
    var json = new JsonObject();
    json.addProperty("knownImages", measured.knownImages());
    json.addProperty("unknownImages", measured.unknownImages());
    json.addProperty("acc", measured.acc());
    if (measured.unknownImages() == 0) {
      json.addProperty("openSetNotMeasured", MeasuredFile.NO_UNKNOWN_ROWS);
    }
    metrics.values().forEach((metric, value) -> add(json, metric, value));
    measured.answers().ece().ifPresent(ece -> json.addProperty("ece", ece));
    metrics
        .intervals()
        .ifPresent(
            intervals -> {
              json.add("intervals", intervals(intervals));
              json.add("bootstrap", bootstrap(intervals.bootstrap()));
            });
    return json;
  }

  private static void add(JsonObject json, Metric metric, double value) {
    var name = ReportedScorer.jsonName(metric);
    var fpr = metric.fpr();
    if (fpr.isEmpty()) {
      json.addProperty(name, value);
      return;
    }
    if (!json.has(name)) {
      json.add(name, new JsonArray());
    }
    json.getAsJsonArray(name).add(pair("fpr", fpr.getAsDouble(), "ccr", value));
  }

  private static JsonObject intervals(Intervals intervals) {
    var json = new JsonObject();
    json.add("acc", interval(intervals.acc()));
    intervals
        .open()
        .ifPresent(
            open -> {
              json.add("auroc", interval(open.auroc()));
              json.add("oscr", interval(open.oscr()));
            });
    return json;
  }

  private static JsonObject interval(Interval interval) {
    return pair("low", interval.low(), "high", interval.high());
  }

  private static JsonObject bootstrap(Bootstrap bootstrap) {
    var json = new JsonObject();
    json.addProperty("resamples", bootstrap.resamples());
    json.addProperty("seed", bootstrap.seed());
    json.addProperty("confidence", bootstrap.confidence());
    return json;
  }

  private static JsonObject pair(String a, double first, String b, double second) {
    var json = new JsonObject();
    json.addProperty(a, first);
    json.addProperty(b, second);
    return json;
  }
}
