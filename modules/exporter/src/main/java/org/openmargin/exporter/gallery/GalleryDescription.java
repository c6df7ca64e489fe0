package org.openmargin.exporter.gallery;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.openmargin.exporter.Json;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.SimilarityRule;

/**
 * {@code open_set.json} of a version with a gallery.
 *
 * @param text of the version before
 */
record GalleryDescription(String text) {

  /** With the number of the version and a summary of the gallery, both replaced. */
  String of(Gallery gallery, long version) {
    var json = JsonParser.parseString(text).getAsJsonObject();
    json.addProperty("version", version);
    json.add("gallery", summary(gallery));
    return Json.indented(json);
  }

  private static JsonObject summary(Gallery gallery) {
    var json = new JsonObject();
    if (gallery.rule() instanceof SimilarityRule.NearestTemplates nearest) {
      json.addProperty("similarity", "mean cosine to the nearest templates of the identity");
      json.addProperty("nearest_templates", nearest.k());
    } else {
      json.addProperty("similarity", "cosine to the centroid of the identity");
    }
    json.addProperty("rule", "unknown unless similarity >= threshold");
    json.addProperty("threshold", gallery.threshold().threshold());
    json.addProperty("calibration", gallery.threshold().method());
    json.addProperty("calibration_scores", gallery.threshold().scores());
    json.addProperty("target_rate", gallery.threshold().target());
    json.addProperty("rate_bound", gallery.threshold().bound());
    json.addProperty("identities", gallery.identities().size());
    json.addProperty("templates", gallery.templates());
    return json;
  }
}
