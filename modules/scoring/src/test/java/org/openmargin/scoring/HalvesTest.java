package org.openmargin.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalvesTest {

  @Test
  void withoutGroupsTheImagesOfEachClassAlternate() {
    var labels = new int[] {0, 1, 0, 0, 1, 2, 0};
    var halves = new boolean[] {true, true, false, true, false, true, false};
    assertThat(Halves.first(labels, List.of())).isEqualTo(halves);
    assertThat(Halves.first(labels, List.of("", "", "", "", "", "", ""))).isEqualTo(halves);
    assertThat(Halves.sizes(labels, List.of())).isEqualTo(new Halves.Sizes(4, 3));
  }

  @Test
  void noGroupIsInBothHalvesAndClassesAreSharedOut() {
    for (var seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      var labels = new int[300];
      var groups = new ArrayList<String>();
      for (var i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(3);
        groups.add(random.nextInt(4) == 0 ? "" : "p" + random.nextInt(60));
      }
      var first = Halves.first(labels, groups);
      var of = new HashMap<Boolean, HashSet<String>>();
      var perClass = new int[2][3];
      for (var i = 0; i < labels.length; i++) {
        of.computeIfAbsent(first[i], h -> new HashSet<>()).add(groups.get(i));
        perClass[first[i] ? 0 : 1][labels[i]]++;
      }
      of.get(true).retainAll(of.get(false));
      of.get(true).remove("");
      assertThat(of.get(true)).isEmpty();
      for (var c = 0; c < 3; c++) {
        assertThat(Math.abs(perClass[0][c] - perClass[1][c])).isLessThanOrEqualTo(15);
      }
    }
  }
}
