package org.openmargin.cli.metrics;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;

/** Metrics as one JSON object with the names that {@code evaluation.json} uses. */
final class MetricsJson {
  private MetricsJson() {}

  static String of(MeasuredFile measured) {
    var metrics = measured.metrics();
    var json = new JsonObject();
    json.addProperty("knownImages", measured.knownImages());
    json.addProperty("unknownImages", measured.unknownImages());
    json.addProperty("acc", measured.acc());
    json.addProperty("auroc", metrics.auroc());
    json.addProperty("oscr", metrics.oscr());
    json.addProperty("oscrArplCompatible", metrics.oscrArplCompatible());
    json.addProperty("auprUnknown", metrics.auprUnknown());
    json.addProperty("auprKnown", metrics.auprKnown());
    json.addProperty("fprAt95Tpr", metrics.fprAt95Tpr());
    json.addProperty("dtacc", metrics.dtacc());
    var ccrAtFpr = new JsonArray();
    metrics.ccrAtFpr().forEach((fpr, ccr) -> ccrAtFpr.add(pair("fpr", fpr, "ccr", ccr)));
    json.add("ccrAtFpr", ccrAtFpr);
    json.addProperty("aurc", metrics.riskCoverage().aurc());
    json.addProperty("augrc", metrics.riskCoverage().augrc());
    json.addProperty("aurcKnown", metrics.knownRiskCoverage().aurc());
    json.addProperty("augrcKnown", metrics.knownRiskCoverage().augrc());
    measured.answers().ece().ifPresent(ece -> json.addProperty("ece", ece));
    metrics
        .intervals()
        .ifPresent(
            intervals -> {
              json.add("intervals", intervals(intervals));
              json.add("bootstrap", bootstrap(intervals.bootstrap()));
            });
    return new GsonBuilder().setPrettyPrinting().create().toJson(json);
  }

  private static JsonObject intervals(Intervals intervals) {
    var json = new JsonObject();
    json.add("acc", interval(intervals.acc()));
    json.add("auroc", interval(intervals.auroc()));
    json.add("oscr", interval(intervals.oscr()));
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
