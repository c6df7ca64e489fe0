package org.openmargin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How images are divided if no sub-folders define it: stratified (class by class) and seeded.
 *
 * @param validation share of each class used for validation, above 0
 * @param test share of each class used for testing, at least 0; the rest, above 0, is for training
 * @param seed another seed gives another division
 */
public record SplitFractions(double validation, double test, long seed) {

  /** 0.7 train, 0.1 validation, 0.2 test, seed 0. */
  public static final SplitFractions DEFAULT = new SplitFractions(0.1, 0.2, 0);

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
   * @param label the class: each is shuffled differently
   * @param count number of its images
   * @return indices 0..count-1, ascending in each part; empty lists if there are too few images
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

  public record Parts(List<Integer> train, List<Integer> validation, List<Integer> test) {}
}
