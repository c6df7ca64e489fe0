package org.openmargin.benchmark.table;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** A benchmark's table as JSON: fractions in full precision; missing figures are left out. */
record BenchmarkJson(BenchmarkTable table) {

  /** One object, on several lines. */
  String text() {
    var json = new JsonObject();
    json.addProperty("name", table.texts().name());
    json.addProperty("description", table.texts().description());
    json.addProperty("scorer", table.texts().scorer());
    if (!table.texts().baseline().isEmpty()) {
      json.addProperty("baseline", table.texts().baseline());
    }
    if (!table.texts().xLabel().isEmpty()) {
      json.addProperty("xLabel", table.texts().xLabel());
    }
    var methods = new JsonArray();
    table.methods().forEach(method -> methods.add(method(method)));
    json.add("methods", methods);
    json.add("warnings", array(table.remarks().warnings()));
    json.add("origins", array(table.remarks().origins()));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json);
  }

  private static JsonArray array(List<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private JsonObject method(MeasuredMethod method) {
    var json = new JsonObject();
    json.addProperty("name", method.name());
    method.x().ifPresent(x -> json.addProperty("x", x));
    for (var metric : BenchmarkMetric.values()) {
      json.add(metric.name().toLowerCase(Locale.ROOT), metric(method, metric));
    }
    return json;
  }

  private JsonObject metric(MeasuredMethod method, BenchmarkMetric metric) {
    var json = summary(method.summary(metric));
    var trials = new JsonObject();
    var figures = method.perTrial(metric);
    table.trials().stream()
        .filter(figures::containsKey)
        .forEach(trial -> trials.addProperty(trial, figures.get(trial)));
    json.add("byTrial", trials);
    put(json, "published", method.published().getOrDefault(metric, Double.NaN));
    put(json, "abovePublished", method.aboveThePublished(metric).orElse(Double.NaN));
    table
        .againstBaseline(method, metric)
        .ifPresent(test -> json.add("againstBaseline", test(test)));
    return json;
  }

  private static JsonObject test(PairedTest test) {
    var json = summary(test.difference());
    put(json, "pPairedT", test.pairedT());
    put(json, "pWilcoxon", test.wilcoxon());
    put(json, "pSign", test.sign());
    return json;
  }

  private static JsonObject summary(Summary summary) {
    var json = new JsonObject();
    json.addProperty("trials", summary.count());
    put(json, "mean", summary.mean());
    put(json, "standardDeviation", summary.deviation());
    put(json, "intervalLow", summary.low());
    put(json, "intervalHigh", summary.high());
    return json;
  }

  private static void put(JsonObject json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.addProperty(name, value);
    }
  }
}
