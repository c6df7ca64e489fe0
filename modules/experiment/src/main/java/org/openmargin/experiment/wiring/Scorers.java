package org.openmargin.experiment.wiring;

import java.util.Locale;
import java.util.stream.Stream;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.LossConfig;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.ScorerSelection;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.scorer.Energy;
import org.openmargin.scoring.scorer.Entropy;
import org.openmargin.scoring.scorer.GaussianDensity;
import org.openmargin.scoring.scorer.Gen;
import org.openmargin.scoring.scorer.Knn;
import org.openmargin.scoring.scorer.Mahalanobis;
import org.openmargin.scoring.scorer.MaxCosine;
import org.openmargin.scoring.scorer.MaxLogit;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.Odin;
import org.openmargin.scoring.scorer.OpenMax;
import org.openmargin.scoring.scorer.PrototypeDistance;
import org.openmargin.scoring.scorer.React;
import org.openmargin.scoring.scorer.RelativeMahalanobis;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.scorer.Vim;

/** Turns {@code scoring} into scorers and says which one decides. */
public final class Scorers {
  private Scorers() {}

  /**
   * @param fitted to the training images if {@link ScorerKinds#needTraining}
   * @throws IllegalArgumentException for a scorer that the head cannot have
   */
  public static EvaluationPlan plan(ExperimentConfig config, ScorerChoice choice, Fitted fitted) {
    var scoring = config.getScoring();
    var usual = usual(config.getLoss(), fitted.head());
    var selected = scoring.hasSelected() ? scoring.getSelected() : usual.scorer();
    var kinds = ScorerKinds.of(scoring, choice, fitted);
    var all = Stream.concat(kinds.stream(), Stream.of(selected)).distinct();
    var scorers = all.map(kind -> scorer(kind, scoring, fitted)).toList();
    var reason = scoring.hasSelected() ? "set by scoring.selected" : "the default of " + usual.of();
    var name = selected.name().toLowerCase(Locale.ROOT);
    var export = config.getExport();
    return new EvaluationPlan(
        scorers,
        new ScorerSelection(name, reason, export.getAlpha(), export.getFurtherAlphasList()),
        Bootstrap.seeded(config.getRuntime().getSeed()));
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

  private static Scorer scorer(ScorerKind kind, ScoringConfig scoring, Fitted fitted) {
    var head = fitted.head();
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
      case ENTROPY -> new Entropy(head);
      case GEN -> new Gen(head, scoring.getGenExponent(), scoring.getGenTop());
      case ODIN -> new Odin(head, scoring.getOdinTemperature());
      case PROTOTYPE_DISTANCE -> PrototypeDistance.fit(fitted.outputs());
      case MAHALANOBIS -> Mahalanobis.fit(fitted.outputs());
      case RELATIVE_MAHALANOBIS -> RelativeMahalanobis.fit(fitted.outputs());
      case GAUSSIAN_DENSITY ->
          GaussianDensity.fit(
              fitted.outputs(), scoring.getGaussianPooling(), scoring.getGaussianRidge());
      case KNN -> Knn.fit(fitted.outputs(), scoring.getKnnNeighbours());
      case VIM -> Vim.fit(fitted.outputs(), fitted.linear(kind), scoring.getVimDimensions());
      case OPENMAX ->
          OpenMax.fit(fitted.outputs(), scoring.getOpenmaxTail(), scoring.getOpenmaxTop());
      case REACT ->
          React.fit(
              fitted.outputs(),
              fitted.linear(kind),
              scoring.getReactQuantile(),
              scoring.getEnergyTemperature());
    };
  }
}
