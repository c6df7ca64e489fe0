package org.openmargin.cli.data;

import com.google.gson.JsonObject;
import java.util.List;
import org.openmargin.cli.console.Json;
import org.openmargin.data.DatasetSummary;
import org.openmargin.data.DatasetSummary.ClassCounts;

/** A data set's counts as an object. */
final class DatasetJson {
  private DatasetJson() {}

  /**
   * @param known ids of the known classes; empty without an experiment
   */
  static JsonObject of(DatasetSummary summary, List<Integer> known) {
    var json = new JsonObject();
    json.addProperty("name", summary.name());
    json.addProperty("digest", summary.digest());
    json.addProperty("heightPx", summary.heightPx());
    json.addProperty("widthPx", summary.widthPx());
    json.addProperty("channels", summary.channels());
    json.add("classes", Json.array(summary.classes(), counts -> of(counts, known)));
    json.add("total", of(summary.total(), List.of()));
    return json;
  }

  private static JsonObject of(ClassCounts counts, List<Integer> known) {
    var json = new JsonObject();
    json.addProperty("id", counts.id());
    json.addProperty("class", counts.name());
    if (!known.isEmpty()) {
      json.addProperty("known", known.contains(counts.id()));
    }
    json.addProperty("train", counts.train());
    json.addProperty("validation", counts.validation());
    json.addProperty("test", counts.test());
    json.addProperty("images", counts.total());
    return json;
  }
}
