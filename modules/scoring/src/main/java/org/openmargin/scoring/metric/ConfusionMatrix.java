package org.openmargin.scoring.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;

/**
 * Number of images of each true class that got each answer, at one acceptance threshold.
 *
 * @param names the known classes in label order, then {@code unknown}
 * @param counts [row][column] = [true class][answer], both in the order of {@code names}
 */
public record ConfusionMatrix(List<String> names, List<List<Integer>> counts) {

  public ConfusionMatrix {
    names = List.copyOf(names);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * Counts the decisions on all rows.
   *
   * @param rejected per row, whether the answer is "unknown"
   */
  public static ConfusionMatrix of(boolean[] rejected, Predictions test) {
    int unknown = test.head().knownClasses();
    var counts = new int[unknown + 1][unknown + 1];
    for (int row = 0; row < test.size(); row++) {
      int truth = test.truth().isKnown(row) ? test.truth().labels()[row] : unknown;
      counts[truth][rejected[row] ? unknown : test.predictedClass(row)]++;
    }
    var names = new ArrayList<String>(test.head().classNames());
    names.add("unknown");
    var rows =
        IntStream.range(0, counts.length)
            .mapToObj(truth -> IntStream.of(counts[truth]).boxed().toList())
            .toList();
    return new ConfusionMatrix(names, rows);
  }

  /** Images of this true class that got this answer. */
  public int count(int truth, int answer) {
    return counts.get(truth).get(answer);
  }

  /** Images of this true class. */
  public int images(int truth) {
    return counts.get(truth).stream().mapToInt(Integer::intValue).sum();
  }

  /** Images that got this answer. */
  public int answers(int answer) {
    return counts.stream().mapToInt(row -> row.get(answer)).sum();
  }

  /**
   * Mean over the classes of {@code 2 TP / (2 TP + FP + FN)}; classes that are neither present nor
   * predicted are left out.
   */
  public double macroF1() {
    return IntStream.range(0, names.size())
        .filter(c -> images(c) + answers(c) > 0)
        .mapToDouble(c -> 2.0 * count(c, c) / (images(c) + answers(c)))
        .average()
        .orElseThrow(() -> new IllegalStateException("the confusion matrix has no images"));
  }
}
