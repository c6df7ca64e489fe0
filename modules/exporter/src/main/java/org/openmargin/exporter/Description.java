package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.scoring.calibration.RealisedRate;
import org.openmargin.scoring.calibration.ScoreReference;
import org.openmargin.scoring.evaluation.Guard;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * What a user needs to know about an exported model: {@code assets.extra/open_set.json}, repeated
 * by the signature {@code describe}.
 */
public record Description(String json) {

  public static Description of(ExportRequest request, long version) {
    var decision = request.decision();
    return new Description(
        Json.indented(
            Json.object(
                "model", request.target().model(),
                "version", version,
                "classes", decision.head().classNames(),
                "unknown_label", ModelContract.UNKNOWN,
                "input", input(request.source()),
                "head", head(decision.head(), request.source()),
                "scorer", scorer(decision.scorer()),
                "decision", decision(decision.rule(), decision.head().classNames()),
                "guard", decision.guard().map(Description::guard).orElse(Map.of()),
                "calibration",
                    calibration(decision.calibration(), request.contents().calibration()),
                "score_reference",
                    reference(decision.calibration().reference(), decision.head().classNames()),
                "weights", weights(request.contents().weights()),
                "example_images", request.contents().examples().word(),
                "training_images", request.source().trainingImages(),
                "provenance", request.source().provenance())));
  }

  private static Map<String, Object> weights(WeightForm form) {
    return Json.object(
        "form", form.word(),
        "largest_relative_difference_from_evaluation", form.tolerance());
  }

  private static Map<String, Object> input(ExportRequest.Source source) {
    var input = source.network().input();
    var crop =
        source.centreCropPx() > 0
            ? "centred square of side min(" + source.centreCropPx() + ", height, width)"
            : input.height() == input.width() ? "largest centred square" : "none";
    return Json.object(
        "height_px",
        input.height(),
        "width_px",
        input.width(),
        "channels",
        input.channels(),
        "type",
        "uint8, 0 to 255",
        ModelContract.LEVELS,
        source.levels().toString(),
        "crop",
        crop + "; none for images of the size above",
        "resize",
        "antialiased triangle filter, rounded half up",
        "normalisation",
        "(pixel / 255 - mean) / deviation",
        "mean",
        input.mean(),
        "deviation",
        input.deviation(),
        "views",
        source.network().views().count());
  }

  private static Map<String, Object> head(Head head, ExportRequest.Source source) {
    var map =
        Json.object(
            "kind", head.cosineScale().isPresent() ? "cosine" : "linear",
            "open_class", head.openClass(),
            "logits", head.columns(),
            "embedding_size", source.embeddingSize());
    head.cosineScale().ifPresent(scale -> map.put("scale", scale));
    source.similarity().ifPresent(similarity -> map.put("embedding", similarity.formula()));
    return map;
  }

  private static Map<String, Object> scorer(Scorer scorer) {
    return Json.object("name", scorer.name(), "unknown_score", scorer.formula());
  }

  private static Map<String, Object> guard(Guard guard) {
    var map =
        Json.object(
            "rule",
            "input_is_unusual unless this score <= threshold",
            "score",
            guard.scorer().formula());
    map.putAll(threshold(guard.threshold()));
    return map;
  }

  /**
   * How the model decides.
   *
   * @param classNames in label order
   */
  public static Map<String, Object> decision(DecisionRule rule, List<String> classNames) {
    var own = !rule.byClass().isEmpty();
    var map =
        Json.object(
            "rule",
                own
                    ? "unknown unless unknown_score <= the threshold of the predicted class"
                    : "unknown unless unknown_score <= threshold",
            "alpha", rule.alpha(),
            "threshold", rule.threshold().threshold(),
            "temperature", rule.temperature());
    if (own) {
      var byClass = new LinkedHashMap<String, Object>();
      for (var c = 0; c < classNames.size(); c++) {
        byClass.put(classNames.get(c), rule.byClass().get(c).threshold());
      }
      map.put("class_thresholds", byClass);
    }
    return map;
  }

  /**
   * The scores that later ones are compared with.
   *
   * @param classNames in label order
   * @throws ModelException if the scores are those of other classes
   */
  public static Map<String, Object> reference(ScoreReference reference, List<String> classNames) {
    var known = reference.predicted().size();
    if (known != 0 && known != classNames.size()) {
      throw new ModelException(
          "the calibration is one of %d classes, but the head names %d"
              .formatted(known, classNames.size()));
    }
    var predicted = new LinkedHashMap<String, Object>();
    for (var c = 0; c < reference.predicted().size(); c++) {
      predicted.put(classNames.get(c), reference.predicted().get(c));
    }
    return Json.object(
        "edges", reference.edges(), "counts", reference.counts(), "predicted_classes", predicted);
  }

  private static Map<String, Object> calibration(
      Calibration calibration, Map<String, Object> facts) {
    var map = new LinkedHashMap<>(calibration(calibration));
    map.putAll(facts);
    return map;
  }

  /** Thresholds by alpha, with what they promise. */
  public static Map<String, Object> calibration(Calibration calibration) {
    return Json.object(
        "method", "split conformal on known validation images",
        "validation_images", calibration.validationImages(),
        "thresholds", calibration.thresholds().stream().map(Description::threshold).toList(),
        "unattainable_alphas", calibration.unattainableAlphas());
  }

  /** A threshold with what it promises; the range holds the rates of 90 % of calibrations. */
  public static Map<String, Object> threshold(AcceptanceThreshold threshold) {
    var rate = RealisedRate.of(threshold);
    return Json.object(
        "alpha", threshold.alpha(),
        "threshold", threshold.threshold(),
        "validation_images", threshold.validationImages(),
        "rejection_bound", threshold.bound(),
        "rejection_rate_low", rate.low(),
        "rejection_rate_high", rate.high(),
        "validation_rejection_rate", threshold.validationRejectionRate());
  }
}
