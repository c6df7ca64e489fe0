package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.numeric.Shrinkage;
import org.openmargin.scoring.scorer.Combination;
import org.openmargin.scoring.scorer.LayerSettings;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.scorer.ScorerSetting;
import org.openmargin.scoring.scorer.ScorerSettings;
import org.openmargin.scoring.scorer.ScorerType;
import org.openmargin.scoring.scorer.TrainedHead;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

/** Every scorer that a head can have. */
final class AllScorers {
  private static final ScorerSettings SETTINGS =
      new ScorerSettings(
          MaxProbability.Domain.LOG,
          Map.of(
              ScorerSetting.GEN_TOP, 2.0,
              ScorerSetting.KNN_NEIGHBOURS, 3.0,
              ScorerSetting.NNGUIDE_NEIGHBOURS, 3.0,
              ScorerSetting.OPENMAX_TOP, 3.0),
          new LayerSettings(
              TrainedNetwork.FEATURES.names(),
              List.of("stem", "stain"),
              new Shrinkage.LedoitWolf(),
              Combination.Rule.FISHER,
              Optional.of(ScorerType.MAX_PROBABILITY_CLOSED)));

  private AllScorers() {}

  /** Enough rows to set the scales of a combination. */
  private static Predictions twice(TrainingOutputs training) {
    var once = training.predictions();
    var rows = IntStream.range(0, 2 * once.size()).map(i -> i % once.size()).toArray();
    var features = new LinkedHashMap<String, float[][]>();
    once.features().forEach((name, values) -> features.put(name, pick(values, rows)));
    return new Predictions(
        once.head(),
        new Truth(
            IntStream.range(0, rows.length).mapToObj(Integer::toString).toList(),
            IntStream.of(rows).map(i -> once.truth().labels()[i]).toArray(),
            IntStream.of(rows).mapToObj(once.truth().classNames()::get).toList()),
        pick(once.logits(), rows),
        pick(once.embeddings(), rows),
        features);
  }

  private static float[][] pick(float[][] values, int[] rows) {
    return IntStream.of(rows).mapToObj(i -> values[i]).toArray(float[][]::new);
  }

  /**
   * @param linear the head, if it is linear
   */
  static List<Scorer> of(TrainingOutputs training, Optional<LinearHead> linear) {
    var network =
        new TrainedHead(
            training.head(), Optional.of(training), linear, Optional.of(twice(training)));
    return Stream.of(ScorerType.values())
        .filter(type -> type.allows(network))
        .map(type -> type.scorer(network, SETTINGS))
        .toList();
  }
}
