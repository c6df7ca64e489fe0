package org.openmargin.exporter.calibration;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.exporter.Description;
import org.openmargin.exporter.Json;
import org.openmargin.scoring.calibration.DecisionRule;

/**
 * {@code open_set.json} of a version that was calibrated again.
 *
 * @param text of the version before
 */
record CalibratedDescription(String text) {
  private static final Gson GSON = new Gson();

  private JsonObject json() {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  List<String> classNames() {
    var names = new ArrayList<String>();
    json().getAsJsonArray("classes").forEach(name -> names.add(name.getAsString()));
    return names;
  }

  String scorer() {
    return json().getAsJsonObject("scorer").get("name").getAsString();
  }

  double threshold() {
    return json().getAsJsonObject("decision").get("threshold").getAsDouble();
  }

  /**
   * With the numbers of another calibration.
   *
   * @param facts about how it was made
   */
  String of(DecisionRule rule, Map<String, Object> facts, long version) {
    var json = json();
    var names = classNames();
    var calibration = new LinkedHashMap<>(Description.calibration(rule.calibration()));
    calibration.putAll(facts);
    json.addProperty("version", version);
    json.add("decision", GSON.toJsonTree(Description.decision(rule, names)));
    json.add("calibration", GSON.toJsonTree(calibration));
    json.add(
        "score_reference",
        GSON.toJsonTree(Description.reference(rule.calibration().reference(), names)));
    return Json.indented(json);
  }
}
