package org.openmargin.experiment;

import java.util.List;
import java.util.stream.Stream;
import org.openmargin.scoring.Energy;
import org.openmargin.scoring.EvaluationPlan;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.LogitScorers;
import org.openmargin.scoring.MaxCosine;
import org.openmargin.scoring.MaxLogit;
import org.openmargin.scoring.MaxProbability;
import org.openmargin.scoring.Scorer;
import org.openmargin.scoring.ScorerSelection;
import org.openmargin.v1.ExperimentConfig;
import org.openmargin.v1.LossConfig;
import org.openmargin.v1.ScorerKind;
import org.openmargin.v1.ScoringConfig;

/** Turns {@code scoring} into scorers and says which one decides. */
final class Scorers {
  private Scorers() {}

  /**
   * @param head of the trained network
   */
  static EvaluationPlan plan(ExperimentConfig config, Head head) {
    var scoring = config.getScoring();
    var usual = usual(config.getLoss(), head);
    var selected = scoring.hasSelected() ? scoring.getSelected() : usual.scorer();
    var kinds = scoring.getScorersCount() == 0 ? applicable(head) : scoring.getScorersList();
    var all = Stream.concat(kinds.stream(), Stream.of(selected)).distinct();
    var scorers = all.map(kind -> scorer(kind, scoring, head)).toList();
    var reason =
        scoring.hasSelected()
            ? "set by scoring.selected, before any test image was seen"
            : "the default of " + usual.of();
    var name = scorer(selected, scoring, head).name();
    var export = config.getExport();
    return new EvaluationPlan(
        scorers,
        new ScorerSelection(name, reason, export.getAlpha(), export.getFurtherAlphasList()));
  }

  /**
   * What a loss is scored by where nobody says otherwise.
   *
   * @param of what has this default, for a reader
   */
  private record Usual(ScorerKind scorer, String of) {}

  private static Usual usual(LossConfig loss, Head head) {
    return switch (loss.getKindCase()) {
      case GCPL -> new Usual(ScorerKind.MAX_PROBABILITY_CLOSED, "GCPL");
      case RPL -> new Usual(ScorerKind.MAX_PROBABILITY_CLOSED, "RPL");
      case ARPL -> new Usual(ScorerKind.MAX_LOGIT, "ARPL");
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
          head.openChannel()
              ? new Usual(ScorerKind.MAX_PROBABILITY_OPEN, "a head with an open class")
              : new Usual(ScorerKind.MAX_PROBABILITY_CLOSED, "a head without an open class");
    };
  }

  private static List<ScorerKind> applicable(Head head) {
    return LogitScorers.applicableTo(head).stream()
        .map(scorer -> ScorerKind.valueOf(scorer.name().toUpperCase(java.util.Locale.ROOT)))
        .toList();
  }

  private static Scorer scorer(ScorerKind kind, ScoringConfig scoring, Head head) {
    var domain =
        scoring.getProbabilityDomain() == ScoringConfig.ProbabilityDomain.DOUBLE
            ? MaxProbability.Domain.PROBABILITY
            : MaxProbability.Domain.LOG;
    return switch (kind) {
      case MAX_PROBABILITY_OPEN -> new MaxProbability(head, MaxProbability.Softmax.OPEN, domain);
      case MAX_PROBABILITY_CLOSED ->
          new MaxProbability(head, MaxProbability.Softmax.CLOSED, domain);
      case MAX_LOGIT -> new MaxLogit(head);
      case ENERGY -> new Energy(head, scoring.getEnergyTemperature());
      case MAX_COSINE -> new MaxCosine(head);
      case ENTROPY,
          PROTOTYPE_DISTANCE,
          MAHALANOBIS,
          RELATIVE_MAHALANOBIS,
          KNN,
          VIM,
          OPENMAX,
          REACT,
          GEN,
          ODIN ->
          throw new UnsupportedOperationException();
    };
  }
}
