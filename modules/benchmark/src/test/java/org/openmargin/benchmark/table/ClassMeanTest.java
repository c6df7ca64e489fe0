package org.openmargin.benchmark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassMeanTest {
  private static final Map<String, Map<String, Double>> CELLS =
      Map.of(
          "1", Map.of("a", 0.9, "b", 0.7),
          "2", Map.of("b", 0.6, "c", 0.8),
          "3", Map.of("c", 0.95));

  @Test
  void meanCountsEveryCellOnce() {
    var mean = ClassMean.of(CELLS);
    assertThat(mean.splits()).isEqualTo(3);
    assertThat(mean.classes()).isEqualTo(3);
    assertThat(mean.mean()).isCloseTo((0.9 + 0.7 + 0.6 + 0.8 + 0.95) / 5, within(1e-12));
    assertThat(mean.low()).isLessThan(mean.mean());
    assertThat(mean.high()).isGreaterThan(mean.mean());
    assertThat(ClassMean.of(CELLS)).isEqualTo(mean);
  }

  /** The same bootstrap, drawing names in place of weights. */
  @Test
  void intervalIsThatOfDrawnClassesAndSplits() {
    var random = new Random(9);
    var means = new ArrayList<Double>();
    while (means.size() < 40_000) {
      var classes = drawn(List.of("a", "b", "c"), random);
      double sum = 0;
      var count = 0;
      for (var split : drawn(List.of("1", "2", "3"), random)) {
        for (var name : classes) {
          if (CELLS.get(split).containsKey(name)) {
            sum += CELLS.get(split).get(name);
            count++;
          }
        }
      }
      if (count > 0) {
        means.add(sum / count);
      }
    }
    Collections.sort(means);
    var mean = ClassMean.of(CELLS);
    assertThat(mean.low()).isCloseTo(means.get(1_000), within(0.01));
    assertThat(mean.high()).isCloseTo(means.get(39_000), within(0.01));
  }

  private static List<String> drawn(List<String> names, Random random) {
    return names.stream().map(name -> names.get(random.nextInt(names.size()))).toList();
  }

  @Test
  void equalFiguresHaveNoWidthAndFewHaveNoInterval() {
    var equal = ClassMean.of(Map.of("1", Map.of("a", 0.5, "b", 0.5), "2", Map.of("c", 0.5)));
    assertThat(List.of(equal.low(), equal.high())).containsOnly(0.5);
    assertThat(ClassMean.of(Map.of("1", Map.of("a", 0.5, "b", 0.6))).low()).isNaN();
    assertThat(ClassMean.of(Map.of("1", Map.of("a", 0.5), "2", Map.of("a", 0.6))).high()).isNaN();
    assertThat(ClassMean.of(Map.of()).mean()).isNaN();
  }

  /** A class that is hard in every split widens the interval; a split's own noise does so less. */
  @Test
  void intervalKnowsThatSplitsShareTheirClasses() {
    var byClass = new HashMap<String, Map<String, Double>>();
    var same = new HashMap<String, Map<String, Double>>();
    for (var split = 0; split < 14; split++) {
      byClass.put("" + split, Map.of("a", 0.6, "b", 0.8, "c", 0.9, "d", 0.7));
      same.put("" + split, Map.of("a", 0.75, "b", 0.75, "c", 0.75, "d", 0.75));
    }
    var wide = ClassMean.of(byClass);
    assertThat(wide.high() - wide.low()).isGreaterThan(0.15);
    assertThat(ClassMean.of(same).high()).isCloseTo(0.75, within(1e-12));
  }
}
