package org.openmargin.benchmark.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The mean of figures by class split and unknown class, each pair counted once, with a 95 %
 * interval of a class bootstrap: unknown classes are drawn with replacement, and splits, too, and a
 * figure counts as often as both its class and its split were drawn (the pigeonhole bootstrap of
 * Owen, 2007, for crossed effects). It says how far the mean would move with other classes of the
 * same kind; seeds and images are not drawn.
 *
 * @param splits number of splits
 * @param classes number of unknown classes
 * @param low lower end of the interval; NaN for fewer than two splits or classes
 * @param high its upper end
 */
public record ClassMean(int splits, int classes, double mean, double low, double high) {
  private static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;

  /**
   * @param cells by split, then by unknown class
   */
  public static ClassMean of(Map<String, Map<String, Double>> cells) {
    var splits = cells.keySet().stream().sorted().toList();
    var classes =
        cells.values().stream().flatMap(row -> row.keySet().stream()).distinct().sorted().toList();
    var figures = figures(cells, splits, classes);
    var mean =
        Arrays.stream(figures)
            .flatMapToDouble(Arrays::stream)
            .filter(x -> !Double.isNaN(x))
            .average()
            .orElse(Double.NaN);
    if (splits.size() < 2 || classes.size() < 2) {
      return new ClassMean(splits.size(), classes.size(), mean, Double.NaN, Double.NaN);
    }
    var means = resampled(figures, classes.size());
    return new ClassMean(
        splits.size(), classes.size(), mean, quantile(means, TAIL), quantile(means, 1 - TAIL));
  }

  /** A row per split, a column per class; NaN where the class is known. */
  private static double[][] figures(
      Map<String, Map<String, Double>> cells, List<String> splits, List<String> classes) {
    return splits.stream()
        .map(
            split ->
                classes.stream()
                    .mapToDouble(name -> cells.get(split).getOrDefault(name, Double.NaN))
                    .toArray())
        .toArray(double[][]::new);
  }

  private static double[] resampled(double[][] figures, int classes) {
    // A fixed seed: the same figures have the same interval everywhere.
    var random = new Random(0);
    var means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; ) {
      double mean = weighted(figures, drawn(random, figures.length), drawn(random, classes));
      if (!Double.isNaN(mean)) {
        means[i++] = mean;
      }
    }
    Arrays.sort(means);
    return means;
  }

  /** How often each of n things is drawn in n draws. */
  private static int[] drawn(Random random, int n) {
    var times = new int[n];
    for (int i = 0; i < n; i++) {
      times[random.nextInt(n)]++;
    }
    return times;
  }

  /** NaN if every class drawn is known in every split drawn. */
  private static double weighted(double[][] figures, int[] splits, int[] classes) {
    double sum = 0;
    double weights = 0;
    for (int split = 0; split < splits.length; split++) {
      for (int c = 0; c < classes.length; c++) {
        if (!Double.isNaN(figures[split][c])) {
          sum += splits[split] * classes[c] * figures[split][c];
          weights += splits[split] * classes[c];
        }
      }
    }
    return weights == 0 ? Double.NaN : sum / weights;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
