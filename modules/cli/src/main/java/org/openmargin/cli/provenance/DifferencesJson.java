package org.openmargin.cli.provenance;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.openmargin.cli.console.Json;
import org.openmargin.experiment.provenance.FieldDifference;

/** Differences for {@code --json}. */
final class DifferencesJson {
  private DifferencesJson() {}

  static JsonArray of(List<FieldDifference> differences) {
    return Json.array(differences, DifferencesJson::of);
  }

  private static JsonObject of(FieldDifference difference) {
    var json = new JsonObject();
    json.addProperty("field", difference.field());
    json.addProperty("a", difference.before());
    json.addProperty("b", difference.after());
    return json;
  }
}
