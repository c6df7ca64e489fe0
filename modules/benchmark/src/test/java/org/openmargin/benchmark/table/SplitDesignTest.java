package org.openmargin.benchmark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.benchmark.table.SplitDesign.Split;

class SplitDesignTest {

  private static Split split(String known) {
    return new Split(known, names(known, true), names(known, false));
  }

  private static Set<String> names(String known, boolean wanted) {
    return IntStream.range(0, 8)
        .mapToObj(Integer::toString)
        .filter(id -> known.contains(id) == wanted)
        .collect(Collectors.toSet());
  }

  private static SplitDesign of(String... known) {
    return new SplitDesign(List.of(known).stream().map(SplitDesignTest::split).toList());
  }

  private static SplitDesign balanced() {
    var splits = new ArrayList<Split>();
    for (var set = 0; set < 256; set++) {
      var bits = set;
      var ids = IntStream.range(0, 8).filter(id -> (bits >> id & 1) == 1).toArray();
      if (ids.length == 4 && (ids[0] ^ ids[1] ^ ids[2] ^ ids[3]) == 0) {
        splits.add(split("" + ids[0] + ids[1] + ids[2] + ids[3]));
      }
    }
    return new SplitDesign(splits);
  }

  @Test
  void thePapersFiveSplitsAreWorthAboutTwo() {
    var five = of("6137", "1672", "2361", "7123", "0746");
    // Trials 1 to 4 share 3 of 4 classes with each other: phi 0.5; trial 5 shares at most 2.
    assertThat(five.independent()).isCloseTo(25 / (5 + 12 * 0.5), within(1e-12));
    assertThat(five.isRepetitive()).isTrue();
    assertThat(five.worth()).isEqualTo("about two independent designs");
    assertThat(five.complementPairs()).isEmpty();
    assertThat(five.unknownClasses()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void fourteenBalancedSplitsAreSevenPairsAndNotRepetitive() {
    var design = balanced();
    assertThat(design.splits()).hasSize(14);
    assertThat(design.independent()).isCloseTo(14, within(1e-12));
    assertThat(design.isRepetitive()).isFalse();
    assertThat(design.complementPairs())
        .hasSize(7)
        .contains(new SplitDesign.ComplementPair("0123", "4567"));
  }

  @Test
  void complementsMustSwapKnownAndUnknownClasses() {
    assertThat(of("0123", "0124").complementPairs()).isEmpty();
    assertThat(of("0123", "4567", "4567").complementPairs()).hasSize(1);
    var some =
        new SplitDesign(
            List.of(
                new Split("1", Set.of("a", "b"), Set.of("c")),
                new Split("2", Set.of("c"), Set.of("b"))));
    assertThat(some.complementPairs()).isEmpty();
  }

  @Test
  void equalSplitsAreWorthOne() {
    assertThat(of("0123", "0123", "0123").independent()).isCloseTo(1, within(1e-12));
    // Other seeds of one split are what they say: no remark.
    assertThat(of("0123", "0123", "0123").isRepetitive()).isFalse();
    assertThat(of("0123", "4567").independent()).isCloseTo(2, within(1e-12));
  }

  @Test
  void beforeThereAreResultsNothingIsSaid() {
    var design = new SplitDesign(List.of(new Split("1", Set.of(), Set.of())));
    assertThat(design.independent()).isNaN();
    assertThat(design.isRepetitive()).isFalse();
    assertThat(design.complementPairs()).isEmpty();
  }
}
