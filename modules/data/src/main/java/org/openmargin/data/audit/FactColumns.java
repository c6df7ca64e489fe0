package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Facts about images as columns of small numbers, for a {@link FactTree}. */
final class FactColumns {
  private static final int BINS = 32;
  private static final int MOST_VALUES = 8;

  private final List<int[]> columns = new ArrayList<>();

  /** A number: the rank of its bin; bins hold about equally many rows. */
  <T> FactColumns number(List<T> rows, ToDoubleFunction<T> fact) {
    var values = rows.stream().mapToDouble(fact).toArray();
    var sorted = values.clone();
    Arrays.sort(sorted);
    var limits = new double[BINS - 1];
    for (var i = 0; i < limits.length; i++) {
      limits[i] = sorted[(int) ((long) (i + 1) * sorted.length / BINS)];
    }
    columns.add(Arrays.stream(values).mapToInt(value -> above(limits, value)).toArray());
    return this;
  }

  /** A word: for each of the most frequent ones, whether it is that. */
  <T> FactColumns word(List<T> rows, Function<T, String> fact) {
    var words = rows.stream().map(fact).toList();
    words.stream()
        .collect(Collectors.groupingBy(w -> w, LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_VALUES)
        .map(Map.Entry::getKey)
        .forEach(
            word -> columns.add(words.stream().mapToInt(w -> w.equals(word) ? 1 : 0).toArray()));
    return this;
  }

  /** One array per column: a value from 0 to 31 for each row. */
  int[][] columns() {
    return columns.toArray(int[][]::new);
  }

  /** How many limits are not above a value. */
  private static int above(double[] limits, double value) {
    var count = 0;
    while (count < limits.length && limits[count] <= value) {
      count++;
    }
    return count;
  }
}
