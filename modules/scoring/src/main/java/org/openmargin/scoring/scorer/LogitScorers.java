package org.openmargin.scoring.scorer;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.scoring.Head;

/** The scorers that need nothing but logits and no setting, by name. */
public final class LogitScorers {

  /** Every name that {@link #named} knows. */
  public static final List<String> NAMES =
      List.of(
          "max_probability_open", "max_probability_closed", "max_logit", "energy", "max_cosine");

  private LogitScorers() {}

  /**
   * The scorer of this name in its usual form: log-probabilities, temperature 1.
   *
   * @throws IllegalArgumentException for a name that is not in {@link #NAMES}, or a scorer that
   *     this head cannot have
   */
  public static LogitScorer named(String name, Head head) {
    return switch (name) {
      case "max_probability_open" -> MaxProbability.open(head);
      case "max_probability_closed" -> MaxProbability.closed(head);
      case "max_logit" -> new MaxLogit(head);
      case "energy" -> new Energy(head);
      case "max_cosine" -> new MaxCosine(head);
      default ->
          throw new IllegalArgumentException("unknown scorer '" + name + "'; there are " + NAMES);
    };
  }

  /** Every scorer that this head can have, in the order of {@link #NAMES}. */
  public static List<LogitScorer> applicableTo(Head head) {
    List<LogitScorer> scorers = new ArrayList<>();
    if (head.openChannel()) {
      scorers.add(MaxProbability.open(head));
    }
    scorers.add(MaxProbability.closed(head));
    scorers.add(new MaxLogit(head));
    scorers.add(new Energy(head));
    if (head.cosineScale().isPresent()) {
      scorers.add(new MaxCosine(head));
    }
    return List.copyOf(scorers);
  }
}
