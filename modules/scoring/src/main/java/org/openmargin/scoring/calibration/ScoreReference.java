package org.openmargin.scoring.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * A histogram of the unknown scores of the calibration, in bins of about equal counts, and the
 * classes that were predicted: what the scores of later images are compared with. It holds no score
 * of an image by itself.
 *
 * @param edges ascending, all different; bin b holds the scores in (edge b-1, edge b], the last one
 *     those above all edges
 * @param counts by bin, one more than edges; they sum to n
 * @param predicted images by predicted class; empty if that is not known
 */
public record ScoreReference(List<Double> edges, List<Integer> counts, List<Integer> predicted) {
  /** Enough to see a change of shape, few enough for the tens of images of a small sample. */
  private static final int MOST_BINS = 20;

  private static final int LEAST_PER_BIN = 5;

  public ScoreReference {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    predicted = List.copyOf(predicted);
    if (counts.size() != edges.size() + 1) {
      throw new IllegalArgumentException(
          "%d edges need %d counts; got %d"
              .formatted(edges.size(), edges.size() + 1, counts.size()));
    }
  }

  /**
   * @param limits see {@link Calibration#scores}: each lies between its score and the next larger
   *     one, so that it can be an edge
   */
  static ScoreReference of(List<Double> limits, List<Integer> predicted) {
    var n = limits.size();
    var bins = Math.max(1, Math.min(MOST_BINS, n / LEAST_PER_BIN));
    var edges = new ArrayList<Double>();
    var counts = new ArrayList<Integer>();
    var counted = 0;
    for (var bin = 1; bin < bins; bin++) {
      var edge = limits.get((int) ((long) bin * n / bins) - 1);
      var below = upTo(limits, edge);
      // Many equal scores fill several bins, which are then one.
      if (below > counted && below < n) {
        edges.add(edge);
        counts.add(below - counted);
        counted = below;
      }
    }
    counts.add(n - counted);
    return new ScoreReference(edges, counts, predicted);
  }

  private static int upTo(List<Double> ascending, double edge) {
    return (int) ascending.stream().filter(value -> value <= edge).count();
  }

  /** n. */
  public int images() {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of some scores, compared as floats, fall into each bin. */
  public long[] histogram(double[] scores) {
    var found = new long[counts.size()];
    for (var score : scores) {
      var shown = (float) score;
      var bin = 0;
      while (bin < edges.size() && !(shown <= edges.get(bin))) {
        bin++;
      }
      found[bin]++;
    }
    return found;
  }
}
