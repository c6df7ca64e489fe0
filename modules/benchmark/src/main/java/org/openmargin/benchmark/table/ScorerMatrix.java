package org.openmargin.benchmark.table;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Every method by every scorer: a row per method, a column per scorer.
 *
 * @param table each method by its deciding scorer
 * @param byScorer the same methods by each scorer, in the order of columns
 */
public record ScorerMatrix(BenchmarkTable table, Map<String, List<MeasuredMethod>> byScorer) {

  /** Accuracy is the same by every scorer. */
  private static final List<BenchmarkMetric> METRICS =
      List.of(BenchmarkMetric.AUROC, BenchmarkMetric.OSCR);

  public ScorerMatrix {
    byScorer = new LinkedHashMap<>(byScorer);
  }

  /**
   * The matrix of AUROC, then that of OSCR.
   *
   * @param digits decimals of percentages; CSV and JSON have fractions in full precision
   * @return lines without line ends
   */
  public List<String> lines(TableFormat format, int digits) {
    return switch (format) {
      case TEXT -> text("", TextTable::text, digits);
      case MARKDOWN -> text("### ", TextTable::markdown, digits);
      case CSV -> CsvLines.of(records());
      case JSON -> json();
    };
  }

  private List<String> text(String mark, Function<TextTable, List<String>> form, int digits) {
    var heading = new TableHeading(table);
    var lines = new ArrayList<>(List.of(mark + heading.title() + ", every scorer", ""));
    lines.add(lead());
    for (var section : sections(digits)) {
      lines.addAll(List.of("", section.heading(), ""));
      lines.addAll(form.apply(section.rows()));
    }
    return lines;
  }

  /** What the cells are, and what they must not be used for. */
  public String lead() {
    return "Per cent: mean over the %s%s; columns: scorers. *: the scorer that decides in the method's experiment, chosen before the test. All others are for comparison: a score that is picked here, by test images, is not a result."
        .formatted(table.texts().over(), new TableHeading(table).seeds());
  }

  /** For people: a section per metric that depends on the scorer. */
  public List<TableSection> sections(int digits) {
    return METRICS.stream()
        .map(
            metric -> TableSection.of(metric + " by scorer:", rows(metric, new CellFormat(digits))))
        .toList();
  }

  private TextTable rows(BenchmarkMetric metric, CellFormat cells) {
    var headings = new ArrayList<>(List.of("method"));
    headings.addAll(byScorer.keySet());
    var rows = new ArrayList<List<String>>();
    for (var m = 0; m < table.methods().size(); m++) {
      var row = new ArrayList<>(List.of(table.methods().get(m).name()));
      for (var methods : byScorer.values()) {
        var method = methods.get(m);
        row.add(cells.percent(method.summary(metric).mean()) + (decides(method) ? "*" : ""));
      }
      rows.add(row);
    }
    return new TextTable(headings, rows);
  }

  private static boolean decides(MeasuredMethod method) {
    return method.runs().anyMatch(SeedFigures::decides);
  }

  /** A record per cell that was measured, after the names of the columns. */
  private List<List<String>> records() {
    var records = new ArrayList<List<String>>();
    records.add(List.of("method", "scorer", "metric", "trials", "mean", "decides"));
    for (var metric : METRICS) {
      byScorer.forEach(
          (scorer, methods) ->
              methods.stream()
                  .filter(method -> !method.perTrial(metric).isEmpty())
                  .forEach(method -> records.add(record(method, scorer, metric))));
    }
    return records;
  }

  private static List<String> record(MeasuredMethod method, String scorer, BenchmarkMetric metric) {
    var summary = method.summary(metric);
    return List.of(
        method.name(),
        scorer,
        metric.name(),
        Integer.toString(summary.count()),
        Double.toString(summary.mean()),
        Boolean.toString(decides(method)));
  }

  private List<String> json() {
    var records = records();
    var cells = new JsonArray();
    for (var record : records.subList(1, records.size())) {
      var cell = new JsonObject();
      cell.addProperty("method", record.get(0));
      cell.addProperty("scorer", record.get(1));
      cell.addProperty("metric", record.get(2));
      cell.addProperty("trials", Integer.valueOf(record.get(3)));
      cell.addProperty("mean", Double.valueOf(record.get(4)));
      cell.addProperty("decides", Boolean.valueOf(record.get(5)));
      cells.add(cell);
    }
    var json = new JsonObject();
    json.addProperty("name", table.texts().name());
    json.add("cells", cells);
    var text = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json);
    return text.lines().toList();
  }
}
