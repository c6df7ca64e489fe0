package org.openmargin.scoring.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A threshold for each predicted class (Mondrian conformal prediction: Vovk, Gammerman, Shafer,
 * "Algorithmic Learning in a Random World", 2005, section 4.5). The category of an image is the
 * class that the network predicts for it, known in calibration and in service alike; within a
 * category, images are exchangeable if they are at all. So for each class c
 *
 * <pre>P(reject | the image is known, class c is predicted) &lt;= alpha</pre>
 *
 * <p>and hence {@code P(reject | known) <= alpha}. It is a promise about the predicted class, not
 * about the true one: known images that are taken for another class are judged by that class. No
 * labels are needed.
 */
public final class ClassThresholds {
  private ClassThresholds() {}

  /**
   * @param scores of known images
   * @param predicted their predicted classes
   * @param classNames in label order
   * @return in label order
   * @throws IllegalArgumentException naming the classes that are predicted too rarely for alpha
   */
  public static List<AcceptanceThreshold> of(
      double[] scores, int[] predicted, List<String> classNames, double alpha) {
    var counts = ConformalCalibration.counts(predicted, classNames.size());
    var least = ConformalCalibration.leastImages(alpha);
    var missing = new ArrayList<String>();
    for (var c = 0; c < classNames.size(); c++) {
      if (counts.get(c) < least) {
        missing.add("%s (%d)".formatted(classNames.get(c), counts.get(c)));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "a threshold for each class needs, at alpha %s, at least %d known images that the model takes for it; too few: %s"
              .formatted(alpha, least, String.join(", ", missing)));
    }
    return IntStream.range(0, classNames.size())
        .mapToObj(c -> ConformalCalibration.threshold(of(scores, predicted, c), alpha))
        .toList();
  }

  private static double[] of(double[] scores, int[] predicted, int c) {
    return IntStream.range(0, scores.length)
        .filter(row -> predicted[row] == c)
        .mapToDouble(row -> scores[row])
        .toArray();
  }
}
