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
    var heading = new TableHeading(table);
    json.addProperty("title", heading.title());
    table.texts().scorer().ifPresent(scorer -> json.addProperty("scorer", scorer));
    json.addProperty("intervals", heading.intervals());
    if (!table.texts().baseline().isEmpty()) {
      json.addProperty("baseline", table.texts().baseline());
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
    json.add("positions", positions(method));
    json.add("scorers", array(scorers(method)));
    json.addProperty("decided", method.runs().allMatch(SeedFigures::decides));
    for (var metric : BenchmarkMetric.values()) {
      json.add(metric.name().toLowerCase(Locale.ROOT), metric(method, metric));
    }
    if (!method.byUnknownClass().isEmpty()) {
      json.add("aurocByUnknownClass", byClass(method));
    }
    if (!method.sets().isEmpty()) {
      json.add("sets", SetSection.json(method));
    }
    return json;
  }

  private static JsonArray positions(MeasuredMethod method) {
    var positions = new JsonArray();
    for (var position : method.positions()) {
      var json = new JsonObject();
      json.addProperty("xLabel", position.xLabel());
      json.addProperty("series", position.series());
      json.addProperty("x", position.x());
      positions.add(json);
    }
    return positions;
  }

  private static List<String> scorers(MeasuredMethod method) {
    return method.runs().map(SeedFigures::scorer).distinct().sorted().toList();
  }

  private JsonObject byClass(MeasuredMethod method) {
    var json = classMean(ClassMean.of(method.byUnknownClass()));
    var trials = new JsonObject();
    method
        .byUnknownClass()
        .forEach(
            (trial, areas) -> {
              var row = new JsonObject();
              areas.forEach(row::addProperty);
              trials.add(trial, row);
            });
    json.add("byTrial", trials);
    table
        .againstBaselineByClass(method)
        .ifPresent(
            test -> {
              var against = classMean(test.difference());
              against.addProperty("complementPairs", test.pairs());
              put(against, "pSignFlip", test.signFlip());
              json.add("againstBaseline", against);
            });
    return json;
  }

  private static JsonObject classMean(ClassMean mean) {
    var json = new JsonObject();
    json.addProperty("splits", mean.splits());
    json.addProperty("classes", mean.classes());
    put(json, "mean", mean.mean());
    put(json, "intervalLow", mean.low());
    put(json, "intervalHigh", mean.high());
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
        .ifPresent(
            test -> {
              var against = test(test);
              put(against, "pSignFlip", table.signFlip(method, metric));
              json.add("againstBaseline", against);
            });
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
