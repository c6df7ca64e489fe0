package org.openmargin.experiment.wiring;

import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.LossConfig;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.ScorerSelection;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.ScorerSetting;
import org.openmargin.scoring.scorer.ScorerSettings;
import org.openmargin.scoring.scorer.ScorerType;
import org.openmargin.scoring.scorer.TrainedHead;

/** Turns {@code scoring} into scorers and chooses the one that decides. */
public final class Scorers {
  private Scorers() {}

  /** Whether some scorer is fitted to the training images. */
  public static boolean needTraining(ScoringConfig scoring, ScorerChoice choice) {
    var deciding =
        scoring.hasSelected() ? Stream.of(type(scoring.getSelected())) : Stream.<ScorerType>of();
    return Stream.concat(listed(scoring, choice).stream(), deciding).anyMatch(ScorerType::isFitted);
  }

  /**
   * @param network with training outputs if {@link #needTraining}
   * @throws IllegalArgumentException for a scorer that the head does not allow
   */
  public static EvaluationPlan plan(
      ExperimentConfig config, ScorerChoice choice, TrainedHead network) {
    var scoring = config.getScoring();
    var fallback = fallback(config.getLoss(), network.head());
    var selected = scoring.hasSelected() ? type(scoring.getSelected()) : fallback.scorer();
    var settings = settings(scoring);
    var scorers =
        Stream.concat(reported(scoring, choice, network), Stream.of(selected))
            .distinct()
            .map(type -> type.scorer(network, settings))
            .toList();
    var reason =
        scoring.hasSelected() ? "set by scoring.selected" : "the default of " + fallback.owner();
    var export = config.getExport();
    return new EvaluationPlan(
        scorers,
        new ScorerSelection(
            selected.key(), reason, export.getAlpha(), export.getFurtherAlphasList()),
        Bootstrap.seeded(config.getRuntime().getSeed()));
  }

  /** In the order of the report; the deciding one need not be among them. */
  private static Stream<ScorerType> reported(
      ScoringConfig scoring, ScorerChoice choice, TrainedHead network) {
    var listed = listed(scoring, choice);
    if (choice instanceof ScorerChoice.All) {
      return listed.stream().filter(type -> type.allows(network));
    }
    return listed.isEmpty() && choice instanceof ScorerChoice.OfExperiment
        ? ScorerType.REPORTED.stream().filter(type -> type.allows(network))
        : listed.stream();
  }

  private static List<ScorerType> listed(ScoringConfig scoring, ScorerChoice choice) {
    if (choice instanceof ScorerChoice.Listed listed) {
      return listed.types();
    }
    return choice instanceof ScorerChoice.All
        ? List.of(ScorerType.values())
        : scoring.getScorersList().stream().map(Scorers::type).toList();
  }

  private static ScorerType type(ScorerKind kind) {
    return ScorerType.valueOf(kind.name());
  }

  /** Each setting is the field of its name. */
  static ScorerSettings settings(ScoringConfig scoring) {
    var values = new EnumMap<ScorerSetting, Double>(ScorerSetting.class);
    for (var setting : ScorerSetting.values()) {
      var field = ScoringConfig.getDescriptor().findFieldByName(setting.key());
      values.put(setting, ((Number) scoring.getField(field)).doubleValue());
    }
    var domain =
        scoring.getProbabilityDomain() == ScoringConfig.ProbabilityDomain.DOUBLE
            ? MaxProbability.Domain.PROBABILITY
            : MaxProbability.Domain.LOG;
    return new ScorerSettings(domain, values);
  }

  /**
   * The scorer that decides where the experiment selects none.
   *
   * @param owner what has this default, for a reader
   */
  private record Fallback(ScorerType scorer, String owner) {}

  private static Fallback fallback(LossConfig loss, Head head) {
    return switch (loss.getKindCase()) {
      case GCPL -> new Fallback(ScorerType.MAX_PROBABILITY_CLOSED, "GCPL");
      case RPL -> new Fallback(ScorerType.MAX_PROBABILITY_CLOSED, "RPL");
      case ARPL -> new Fallback(ScorerType.MAX_LOGIT, "ARPL");
      case OMCL,
          SOFTMAX,
          CUSTOM,
          DIAS,
          NORMFACE,
          COSFACE,
          NMCL,
          ARCFACE,
          SPHEREFACE,
          KIND_NOT_SET ->
          head.openClass()
              ? new Fallback(ScorerType.MAX_PROBABILITY_OPEN, "a head with an open class")
              : new Fallback(ScorerType.MAX_PROBABILITY_CLOSED, "a head without an open class");
    };
  }
}
