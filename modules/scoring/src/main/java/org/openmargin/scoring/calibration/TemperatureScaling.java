package org.openmargin.scoring.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openmargin.scoring.metric.Ece;

/**
 * A fitted temperature (see {@link Temperature} for the method), with what it does to probabilities
 * of images that it was not fitted to: in {@value #FOLDS} folds, each image is judged by the
 * temperature of the others.
 *
 * @param temperature fitted to all images, a float
 * @param images labelled
 * @param eceBefore expected calibration error in 15 bins, see {@link Ece}, at the old temperature
 * @param eceAfter the same, each image at the temperature of the other folds
 * @param lossBefore mean negative log-likelihood
 * @param lossAfter each image at the temperature of the other folds
 */
public record TemperatureScaling(
    double temperature,
    int images,
    double eceBefore,
    double eceAfter,
    double lossBefore,
    double lossAfter) {
  private static final int FOLDS = 5;

  /** Fewer say little about probabilities. */
  public static final int LEAST_IMAGES = 50;

  /**
   * @param logits of each image, the column of an open class included
   * @param labels true classes
   * @param knownClasses columns that may be the best one
   * @param old the temperature before
   * @throws IllegalArgumentException if there are too few images, or no temperature is the best
   */
  public static TemperatureScaling of(
      List<float[]> logits, int[] labels, int knownClasses, double old) {
    if (labels.length < LEAST_IMAGES) {
      throw new IllegalArgumentException(
          "a temperature needs at least %d labelled images; there are %d"
              .formatted(LEAST_IMAGES, labels.length));
    }
    var all = new Temperature(logits, labels);
    var temperatures = new double[labels.length];
    var loss = 0.0;
    var order = order(labels.length);
    for (var fold = 0; fold < FOLDS; fold++) {
      var held = part(order, fold, true);
      var temperature = all.rows(part(order, fold, false)).fitted();
      loss += held.length * all.rows(held).loss(temperature);
      IntStream.of(held).forEach(row -> temperatures[row] = temperature);
    }
    var before = IntStream.range(0, labels.length).mapToDouble(row -> old).toArray();
    return new TemperatureScaling(
        all.fitted(),
        labels.length,
        ece(all, knownClasses, before),
        ece(all, knownClasses, temperatures),
        all.loss(old),
        loss / labels.length);
  }

  /** Always the same one: files of a folder come class by class. */
  private static List<Integer> order(int n) {
    var order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, new Random(0));
    return order;
  }

  private static int[] part(List<Integer> order, int fold, boolean held) {
    return IntStream.range(0, order.size())
        .filter(i -> (i % FOLDS == fold) == held)
        .map(order::get)
        .toArray();
  }

  private static double ece(Temperature all, int knownClasses, double[] temperatures) {
    var probabilities = new double[temperatures.length];
    var correct = new boolean[temperatures.length];
    for (var row = 0; row < temperatures.length; row++) {
      var z = all.logits().get(row);
      var best = best(z, knownClasses);
      probabilities[row] = Math.min(1, Temperature.probability(z, best, temperatures[row]));
      correct[row] = best == all.labels()[row];
    }
    return Ece.of(probabilities, correct);
  }

  private static int best(float[] logits, int knownClasses) {
    var best = 0;
    for (var c = 1; c < knownClasses; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    return best;
  }
}
