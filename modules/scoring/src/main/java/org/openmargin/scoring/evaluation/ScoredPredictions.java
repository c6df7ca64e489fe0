package org.openmargin.scoring.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.scorer.Scorer;

/**
 * Predictions with the scores of all scorers, computed once, because some scorers compare every
 * image with every training image.
 *
 * @param scores by name of the scorer, in order: the unknown score of every row; read-only
 */
public record ScoredPredictions(Predictions predictions, Map<String, double[]> scores) {

  public ScoredPredictions {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  public static ScoredPredictions of(Predictions predictions, List<? extends Scorer> scorers) {
    var scores = new LinkedHashMap<String, double[]>();
    for (var scorer : scorers) {
      scores.put(scorer.name(), scorer.unknownScores(predictions));
    }
    return new ScoredPredictions(predictions, scores);
  }

  /**
   * Unknown score of every row, in order.
   *
   * @throws IllegalArgumentException if there are no scores of this scorer
   */
  public double[] of(String scorer) {
    if (!scores.containsKey(scorer)) {
      throw new IllegalArgumentException(
          "there are no scores of '%s', only of %s"
              .formatted(scorer, List.copyOf(scores.keySet())));
    }
    return scores.get(scorer);
  }

  /** The same, split by truth. */
  public UnknownScores unknownScores(String scorer) {
    return UnknownScores.of(of(scorer), predictions);
  }
}
