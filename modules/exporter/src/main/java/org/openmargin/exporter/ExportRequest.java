package org.openmargin.exporter;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openmargin.files.image.LevelRule;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.scoring.evaluation.Guard;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.training.SimilarityEmbedding;
import org.openmargin.serving.ExampleImages;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * Everything an export needs.
 *
 * @param decision how the model says "unknown"
 * @param golden the trainer's evaluation of some images, which the exported model must reproduce;
 *     used for that proof only, and not stored
 */
public record ExportRequest(
    Source source, Decision decision, Target target, GoldenImages golden, Contents contents) {

  /** With drawn examples and variables. */
  public ExportRequest(Source source, Decision decision, Target target, GoldenImages golden) {
    this(source, decision, target, golden, Contents.DEFAULT);
  }

  /**
   * What is written besides the decision.
   *
   * @param examples the images that are stored with the model
   * @param card text of {@code MODEL_CARD.md}; empty for none
   * @param calibration more facts about how the decision was found, for {@code open_set.json}
   * @param origin texts of the files of {@link ModelContract#ORIGIN}, by path within the version
   */
  public record Contents(
      ExampleImages examples,
      WeightForm weights,
      String card,
      Map<String, Object> calibration,
      Map<String, String> origin) {

    /** Drawn examples, variables, no card. */
    public static final Contents DEFAULT =
        new Contents(ExampleImages.DRAWN, WeightForm.VARIABLES, "");

    /** Keeps the order of the facts; refuses files that no model has. */
    public Contents {
      calibration = Collections.unmodifiableMap(new LinkedHashMap<>(calibration));
      origin = Map.copyOf(origin);
      if (!ModelContract.ORIGIN.containsAll(origin.keySet())) {
        throw new IllegalArgumentException("not files of an export: " + origin.keySet());
      }
    }

    /** With nothing but the thresholds about the calibration, without the files of the origin. */
    public Contents(ExampleImages examples, WeightForm weights, String card) {
      this(examples, weights, card, Map.of(), Map.of());
    }
  }

  /** The same with other contents. */
  public ExportRequest with(Contents other) {
    return new ExportRequest(source, decision, target, golden, other);
  }

  /**
   * A trained network.
   *
   * @param checkpoint prefix of a TensorFlow checkpoint (without {@code .index}); its keys are the
   *     names of the variables
   * @param centreCropPx side of the centred square cut out of images before resizing, unless they
   *     have the network's size; 0 for the largest square
   * @param provenance where the model comes from, copied into {@code open_set.json}
   * @param trainingImages sizes of training images before they were resized, copied, too; empty if
   *     they are not known
   * @param levels for values of more than 8 bits: whoever converts files for the model follows it
   * @param similarity what the model gives as an embedding; empty: the network's
   */
  public record Source(
      OpenSetNetwork network,
      Path checkpoint,
      int centreCropPx,
      Map<String, String> provenance,
      Map<String, Object> trainingImages,
      LevelRule levels,
      Optional<SimilarityEmbedding> similarity) {

    /** Without sizes of training images, with the usual levels. */
    public Source(
        OpenSetNetwork network, Path checkpoint, int centreCropPx, Map<String, String> provenance) {
      this(
          network,
          checkpoint,
          centreCropPx,
          provenance,
          Map.of(),
          LevelRule.DEFAULT,
          Optional.empty());
    }

    /** Refuses a negative crop; keeps the order of the maps. */
    public Source {
      provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
      trainingImages = Collections.unmodifiableMap(new LinkedHashMap<>(trainingImages));
      if (centreCropPx < 0) {
        throw new ModelException(
            "the centre crop must be 0 (largest square) or a side in px; got " + centreCropPx);
      }
    }

    /** Length of the model's embeddings. */
    int embeddingSize() {
      return similarity
          .map(SimilarityEmbedding::size)
          .orElseGet(() -> network.backbone().embeddingSize(network.input()));
    }
  }

  /**
   * The decision inside the model: unknown when the scorer's unknown score is above the threshold,
   * for all classes or for the predicted one.
   *
   * @param scorer fitted
   * @param rule its thresholds, from known validation images
   * @param guard what {@code input_is_unusual} says; without one it is always false
   */
  public record Decision(Head head, Scorer scorer, DecisionRule rule, Optional<Guard> guard) {

    /** One threshold for all classes, that of alpha, and no guard. */
    public Decision(Head head, Scorer scorer, Calibration calibration, double alpha) {
      this(head, scorer, new DecisionRule(calibration, alpha), Optional.empty());
    }

    /** Refuses another scorer's calibration, other classes and a class named "unknown". */
    public Decision {
      var calibration = rule.calibration();
      if (head.classNames().contains(ModelContract.UNKNOWN)) {
        throw new ModelException(
            "a class is called 'unknown', which is the label of rejected images; rename it");
      }
      if (!calibration.scorer().equals(scorer.name())) {
        throw new ModelException(
            "the thresholds belong to scorer '%s', but '%s' is exported"
                .formatted(calibration.scorer(), scorer.name()));
      }
      if (!rule.byClass().isEmpty() && rule.byClass().size() != head.knownClasses()) {
        throw new ModelException(
            "there are thresholds for %d classes, the model has %d"
                .formatted(rule.byClass().size(), head.knownClasses()));
      }
      for (var c = 0; c < head.knownClasses(); c++) {
        if (!Double.isFinite(rule.threshold(c).threshold())) {
          throw new ModelException(
              "the acceptance threshold must be finite; got " + rule.threshold(c).threshold());
        }
      }
    }

    String[] classNames() {
      return head.classNames().toArray(String[]::new);
    }

    public Calibration calibration() {
      return rule.calibration();
    }

    public double alpha() {
      return rule.alpha();
    }

    /** For all classes. */
    public AcceptanceThreshold threshold() {
      return rule.threshold();
    }
  }

  /**
   * Where the model goes: {@code base/model/version}.
   *
   * @param base directory of all served models
   * @param version number, or empty for the next free one
   */
  public record Target(Path base, String model, OptionalLong version) {

    /** Any number of 18 digits fits into the 64 bits of TensorFlow Serving's versions. */
    private static final long MOST = 999_999_999_999_999_999L;

    /** Refuses names unfit for a path or URL, and versions out of range. */
    public Target {
      if (!model.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
        throw new ModelException(
            "'%s' is not a model name: use at most 64 letters, digits, '.', '_' and '-'"
                .formatted(model));
      }
      var number = version.orElse(1);
      if (number < 1 || number > MOST) {
        throw new ModelException(
            "a version must be between 1 and %d; got %d".formatted(MOST, number));
      }
    }

    /** Directory of the versions. */
    public Path modelDirectory() {
      return base.resolve(model);
    }
  }
}
