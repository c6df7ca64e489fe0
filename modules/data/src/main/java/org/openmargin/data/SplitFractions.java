package org.openmargin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How images are divided where no sub-folders say it: stratified (class by class), seeded.
 *
 * @param validation share of each class that validates, above 0
 * @param test share of each class that tests, 0 or more; the rest, above 0, trains
 * @param seed another seed is another division
 */
public record SplitFractions(double validation, double test, long seed) {

  /** 0.7 train, 0.1 validation, 0.2 test, seed 0. */
  public static final SplitFractions DEFAULT = new SplitFractions(0.1, 0.2, 0);

  /** Checks the shares. */
  public SplitFractions {
    if (!(validation > 0 && test >= 0 && validation + test < 1)) {
      throw new DataException(
          "split fractions validation %s, test %s: validation must be above 0, test at least 0, and both together below 1"
              .formatted(validation, test));
    }
  }

  /**
   * Divides the images of one class. Each part gets at least one image.
   *
   * @param label the class, so that classes are shuffled differently
   * @param count number of its images
   * @return indices 0..count-1, ascending in each part; empty lists when there are too few images
   */
  public Parts divide(int label, int count) {
    int tests = test > 0 ? Math.max(1, (int) Math.round(count * test)) : 0;
    int validations = Math.max(1, (int) Math.round(count * validation));
    if (count - tests - validations < 1) {
      return new Parts(List.of(), List.of(), List.of());
    }
    var order = new EpochOrder(seed, count).permutation(label);
    var shuffled = new ArrayList<Integer>(IntStream.of(order).boxed().toList());
    return new Parts(
        shuffled.subList(tests + validations, count).stream().sorted().toList(),
        shuffled.subList(tests, tests + validations).stream().sorted().toList(),
        shuffled.subList(0, tests).stream().sorted().toList());
  }

  /** The indices of each part. */
  public record Parts(List<Integer> train, List<Integer> validation, List<Integer> test) {}
}
