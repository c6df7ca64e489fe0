package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.scorer.LogitScorers;

/** Which scorers an evaluation reports, and what they need. */
public final class ScorerKinds {
  private ScorerKinds() {}

  /** Whether some scorer is fitted to the training images. */
  public static boolean needTraining(ScoringConfig scoring, ScorerChoice choice) {
    var deciding =
        scoring.hasSelected() ? Stream.of(scoring.getSelected()) : Stream.<ScorerKind>of();
    return Stream.concat(listed(scoring, choice), deciding).anyMatch(ScorerKinds::isFitted);
  }

  private static Stream<ScorerKind> listed(ScoringConfig scoring, ScorerChoice choice) {
    if (choice instanceof ScorerChoice.Listed listed) {
      return listed.kinds().stream();
    }
    return choice instanceof ScorerChoice.All
        ? Stream.of(ScorerKind.values())
        : scoring.getScorersList().stream();
  }

  /** In the order of the report; the deciding one need not be among them. */
  static List<ScorerKind> of(ScoringConfig scoring, ScorerChoice choice, Fitted fitted) {
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
          REACT,
          GAUSSIAN_DENSITY ->
          true;
    };
  }
}
