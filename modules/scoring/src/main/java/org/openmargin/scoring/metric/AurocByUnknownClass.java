package org.openmargin.scoring.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.UnknownScores;

/**
 * AUROC of the images of each unknown class alone against all known images. Weighted by the numbers
 * of images, their mean is the {@link Auroc} of all unknown images; the classes say which of them
 * are hard, and which of them a figure depends on.
 */
public final class AurocByUnknownClass {
  private AurocByUnknownClass() {}

  /**
   * The areas in [0, 1], by the name of the class, in alphabetical order.
   *
   * @param scores the unknown score of each row
   * @throws IllegalArgumentException if there is no known image or a score is NaN
   */
  public static Map<String, Double> of(double[] scores, Predictions predictions) {
    var truth = predictions.truth();
    var rows = new TreeMap<String, IntStream.Builder>();
    for (var row = 0; row < predictions.size(); row++) {
      if (!truth.isKnown(row)) {
        rows.computeIfAbsent(truth.classNames().get(row), name -> IntStream.builder()).add(row);
      }
    }
    var known = UnknownScores.of(scores, predictions).known();
    var areas = new LinkedHashMap<String, Double>();
    rows.forEach(
        (name, of) ->
            areas.put(name, Auroc.of(known, of.build().mapToDouble(r -> scores[r]).toArray())));
    return areas;
  }
}
