package org.openmargin.inference.calibration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.openmargin.scoring.calibration.ScoreReference;
import org.openmargin.serving.ModelException;

/**
 * How a model decides, from its {@code open_set.json}.
 *
 * @param scorer by name
 * @param alpha of the threshold that decides
 * @param alphas of all thresholds that were wanted, the deciding one first
 * @param temperature of the probabilities
 * @param expectedRejection share of known images that is rejected on the average over calibrations
 * @param reference scores of the calibration
 */
public record StoredDecision(
    String scorer,
    double alpha,
    List<Double> alphas,
    double temperature,
    double expectedRejection,
    ScoreReference reference) {

  /**
   * @param description text of {@code open_set.json}
   * @throws ModelException if it lacks something, as that of a model of an older OpenMargin does
   */
  public static StoredDecision of(String description) {
    try {
      return of(JsonParser.parseString(description).getAsJsonObject());
    } catch (NullPointerException
        | IllegalStateException
        | IllegalArgumentException
        | JsonParseException e) {
      throw new ModelException(
          "the model does not say enough about its calibration: it was exported by an older OpenMargin; export it anew",
          e);
    }
  }

  private static StoredDecision of(JsonObject json) {
    var decision = json.getAsJsonObject("decision");
    var calibration = json.getAsJsonObject("calibration");
    var alpha = decision.get("alpha").getAsDouble();
    var alphas = new ArrayList<Double>();
    alphas.add(alpha);
    for (var threshold : calibration.getAsJsonArray("thresholds")) {
      add(alphas, threshold.getAsJsonObject().get("alpha"));
    }
    calibration.getAsJsonArray("unattainable_alphas").forEach(a -> add(alphas, a));
    return new StoredDecision(
        json.getAsJsonObject("scorer").get("name").getAsString(),
        alpha,
        alphas,
        decision.get("temperature").getAsDouble(),
        expected(calibration, alpha),
        reference(json.getAsJsonObject("score_reference")));
  }

  private static void add(List<Double> alphas, JsonElement alpha) {
    if (!alphas.contains(alpha.getAsDouble())) {
      alphas.add(alpha.getAsDouble());
    }
  }

  /** With thresholds by class, the mean of their bounds, weighted by images. */
  private static double expected(JsonObject calibration, double alpha) {
    var byClass = calibration.getAsJsonArray("class_thresholds");
    var sum = 0.0;
    var images = 0.0;
    for (var entry : byClass == null ? calibration.getAsJsonArray("thresholds") : byClass) {
      var threshold = entry.getAsJsonObject();
      if (byClass != null || threshold.get("alpha").getAsDouble() == alpha) {
        var n = threshold.get("validation_images").getAsDouble();
        sum += n * threshold.get("rejection_bound").getAsDouble();
        images += n;
      }
    }
    return sum / images;
  }

  private static ScoreReference reference(JsonObject json) {
    var predicted = json.getAsJsonObject("predicted_classes");
    return new ScoreReference(
        numbers(json.getAsJsonArray("edges")),
        integers(elements(json.getAsJsonArray("counts"))),
        integers(predicted.keySet().stream().map(predicted::get).toList()));
  }

  private static List<JsonElement> elements(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static List<Double> numbers(JsonArray array) {
    return elements(array).stream().map(JsonElement::getAsDouble).toList();
  }

  private static List<Integer> integers(List<JsonElement> elements) {
    return elements.stream().map(JsonElement::getAsInt).toList();
  }
}
