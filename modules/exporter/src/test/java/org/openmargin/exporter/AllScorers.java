package org.openmargin.exporter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.scoring.scorer.LinearHead;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.scorer.ScorerSetting;
import org.openmargin.scoring.scorer.ScorerSettings;
import org.openmargin.scoring.scorer.ScorerType;
import org.openmargin.scoring.scorer.TrainedHead;
import org.openmargin.scoring.scorer.TrainingOutputs;

/** Every scorer that a head can have. */
final class AllScorers {
  private static final ScorerSettings SETTINGS =
      new ScorerSettings(
          MaxProbability.Domain.LOG,
          Map.of(
              ScorerSetting.GEN_TOP, 2.0,
              ScorerSetting.KNN_NEIGHBOURS, 3.0,
              ScorerSetting.NNGUIDE_NEIGHBOURS, 3.0,
              ScorerSetting.OPENMAX_TOP, 3.0));

  private AllScorers() {}

  /**
   * @param linear the head, if it is linear
   */
  static List<Scorer> of(TrainingOutputs training, Optional<LinearHead> linear) {
    var network = new TrainedHead(training.head(), Optional.of(training), linear);
    return Stream.of(ScorerType.values())
        .filter(type -> type.allows(network))
        .map(type -> type.scorer(network, SETTINGS))
        .toList();
  }
}
