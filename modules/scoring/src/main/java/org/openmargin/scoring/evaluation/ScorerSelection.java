package org.openmargin.scoring.evaluation;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which scorer decides, chosen by configuration before any test image is seen.
 *
 * @param reason why, in one sentence for the reader of a report
 * @param alpha target rejection probability of known images, in (0, 1)
 * @param otherAlphas further alphas whose thresholds are stored
 */
public record ScorerSelection(
    String scorer, String reason, double alpha, List<Double> otherAlphas) {

  /** Refuses an empty reason. */
  public ScorerSelection {
    otherAlphas = List.copyOf(otherAlphas);
    if (reason.isBlank()) {
      throw new IllegalArgumentException("the selection of scorer '" + scorer + "' has no reason");
    }
  }

  /** The deciding alpha first, then the others, each once. */
  public List<Double> alphas() {
    return Stream.concat(Stream.of(alpha), otherAlphas.stream()).distinct().toList();
  }
}
