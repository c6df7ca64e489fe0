package org.openmargin.cli.metrics;

import com.google.gson.JsonObject;
import org.openmargin.scoring.metric.PairedBootstrap.Difference;
import org.openmargin.scoring.metric.PairedBootstrap.Differences;

/** A paired bootstrap as JSON. */
public final class DifferencesJson {
  private DifferencesJson() {}

  public static JsonObject of(Differences differences) {
    var json = new JsonObject();
    json.add("acc", of(differences.acc()));
    json.add("auroc", of(differences.auroc()));
    json.add("oscr", of(differences.oscr()));
    return json;
  }

  private static JsonObject of(Difference difference) {
    var json = new JsonObject();
    json.addProperty("difference", difference.difference());
    json.addProperty("low", difference.interval().low());
    json.addProperty("high", difference.interval().high());
    return json;
  }
}
