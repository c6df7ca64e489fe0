package org.openmargin.experiment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openmargin.scoring.Energy;
import org.openmargin.scoring.Entropy;
import org.openmargin.scoring.EvaluationPlan;
import org.openmargin.scoring.Gen;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Knn;
import org.openmargin.scoring.LogitScorers;
import org.openmargin.scoring.Mahalanobis;
import org.openmargin.scoring.MaxCosine;
import org.openmargin.scoring.MaxLogit;
import org.openmargin.scoring.MaxProbability;
import org.openmargin.scoring.Odin;
import org.openmargin.scoring.OpenMax;
import org.openmargin.scoring.PrototypeDistance;
import org.openmargin.scoring.React;
import org.openmargin.scoring.RelativeMahalanobis;
import org.openmargin.scoring.Scorer;
import org.openmargin.scoring.ScorerSelection;
import org.openmargin.scoring.Vim;
import org.openmargin.v1.ExperimentConfig;
import org.openmargin.v1.ScorerKind;
import org.openmargin.v1.ScoringConfig;

/** Turns {@code scoring} into scorers and says which one decides. */
final class Scorers {
  private Scorers() {}

  /** Whether some scorer is fitted to the training images. */
  static boolean needTraining(ExperimentConfig config, ScorerChoice choice) {
    var scoring = config.getScoring();
    var deciding = scoring.hasSelected() ? Stream.of(scoring.getSelected()) : Stream.<ScorerKind>of();
    return Stream.concat(listed(scoring, choice), deciding).anyMatch(Scorers::isFitted);
  }

  private static Stream<ScorerKind> listed(ScoringConfig scoring, ScorerChoice choice) {
    if (choice instanceof ScorerChoice.Listed listed) {
      return listed.kinds().stream();
    }
    return choice instanceof ScorerChoice.All
        ? Stream.of(ScorerKind.values())
        : scoring.getScorersList().stream();
  }

  /**
   * @param fitted to the training images if {@link #needTraining}
   * @throws IllegalArgumentException for a scorer that the head cannot have
   */
  static EvaluationPlan plan(ExperimentConfig config, ScorerChoice choice, Fitted fitted) {
    var head = fitted.head();
    var scoring = config.getScoring();
    var selected = scoring.hasSelected() ? scoring.getSelected() : usual(head);
    var kinds = kinds(scoring, choice, fitted);
    var all = Stream.concat(kinds.stream(), Stream.of(selected)).distinct();
    var scorers = all.map(kind -> scorer(kind, scoring, fitted)).toList();
    var reason =
        scoring.hasSelected()
            ? "set by scoring.selected, before any test image was seen"
            : head.openChannel()
                ? "the default of a head with an open class"
                : "the default of a head without an open class";
    var name = selected.name().toLowerCase(Locale.ROOT);
    var export = config.getExport();
    return new EvaluationPlan(
        scorers,
        new ScorerSelection(name, reason, export.getAlpha(), export.getFurtherAlphasList()));
  }

  private static ScorerKind usual(Head head) {
    return head.openChannel() ? ScorerKind.MAX_PROBABILITY_OPEN : ScorerKind.MAX_PROBABILITY_CLOSED;
  }

  private static List<ScorerKind> kinds(
      ScoringConfig scoring, ScorerChoice choice, Fitted fitted) {
    if (choice instanceof ScorerChoice.All) {
      return Stream.of(ScorerKind.values()).filter(kind -> allows(fitted, kind)).toList();
    }
    var listed = listed(scoring, choice).toList();
    return listed.isEmpty() && choice instanceof ScorerChoice.OfExperiment
        ? applicable(fitted.head())
        : listed;
  }

  private static List<ScorerKind> applicable(Head head) {
    return LogitScorers.applicableTo(head).stream()
        .map(scorer -> ScorerKind.valueOf(scorer.name().toUpperCase(Locale.ROOT)))
        .toList();
  }

  private static boolean allows(Fitted fitted, ScorerKind kind) {
    return switch (kind) {
      case MAX_PROBABILITY_OPEN -> fitted.head().openChannel();
      case MAX_COSINE -> fitted.head().cosineScale().isPresent();
      case VIM, REACT -> fitted.linear().isPresent();
      default -> true;
    };
  }

  private static boolean isFitted(ScorerKind kind) {
    return switch (kind) {
      case MAX_PROBABILITY_OPEN,
          MAX_PROBABILITY_CLOSED,
          MAX_LOGIT,
          ENERGY,
          MAX_COSINE,
          ENTROPY,
          GEN,
          ODIN ->
          false;
      case PROTOTYPE_DISTANCE,
          MAHALANOBIS,
          RELATIVE_MAHALANOBIS,
          KNN,
          VIM,
          OPENMAX,
          REACT ->
          true;
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
