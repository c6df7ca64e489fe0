package org.openmargin.benchmark.table;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** How methods answer each set of images, a row for each; nothing for older results. */
record SetSection(BenchmarkTable table) {

  /** For people. */
  TableSection text(CellFormat cells) {
    var rows = new ArrayList<List<String>>();
    for (var method : table.methods()) {
      method
          .sets()
          .forEach(
              (set, row) ->
                  rows.add(
                      List.of(
                          method.name(),
                          set,
                          cells.percent(row.acc()),
                          cells.percent(row.acceptedAcc()),
                          cells.percent(row.rejected()),
                          cells.percent(row.auroc()))));
    }
    return TableSection.of(
        "Near and far, by the deciding scorer at its threshold; accepted: ACC of the accepted images; AUROC: against known test images:",
        new TextTable(List.of("method", "set", "ACC", "accepted", "rejected", "AUROC"), rows));
  }

  /** For programs. */
  static JsonObject json(MeasuredMethod method) {
    var json = new JsonObject();
    method
        .sets()
        .forEach(
            (set, row) -> {
              var figures = new JsonObject();
              put(figures, "acc", row.acc());
              put(figures, "acceptedAcc", row.acceptedAcc());
              put(figures, "rejected", row.rejected());
              put(figures, "auroc", row.auroc());
              json.add(set, figures);
            });
    return json;
  }

  private static void put(JsonObject json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.addProperty(name, value);
    }
  }
}
