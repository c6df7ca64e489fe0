package org.openmargin.speed;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What two contestants took, turn by turn: a load that lasts meets both, so it is the ratio that
 * counts.
 */
record Comparison(List<Turn> ours, List<Turn> others) {

  /** Quartiles of the rounds' ratios, ours divided by theirs. */
  double[] quartiles(ToDoubleFunction<Turn> time) {
    var ratios = new double[ours.size()];
    Arrays.setAll(ratios, i -> time.applyAsDouble(ours.get(i)) / time.applyAsDouble(others.get(i)));
    Arrays.sort(ratios);
    return new double[] {
      Turn.quantile(ratios, 0.25), Turn.quantile(ratios, 0.5), Turn.quantile(ratios, 0.75)
    };
  }
}
