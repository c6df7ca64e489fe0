package org.openmargin.benchmark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignFlipTestTest {

  /** All signs, one by one. */
  private static double oracle(List<Double> differences) {
    var n = differences.size();
    var observed = Math.abs(differences.stream().mapToDouble(d -> d).sum());
    var extreme = 0;
    for (var signs = 0; signs < 1 << n; signs++) {
      double sum = 0;
      for (var i = 0; i < n; i++) {
        sum += (signs & 1 << i) == 0 ? differences.get(i) : -differences.get(i);
      }
      extreme += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
    }
    return (double) extreme / (1 << n);
  }

  @Test
  void pIsTheShareOfAllSigns() {
    var random = new Random(2);
    for (var n = 1; n <= 12; n++) {
      var differences = new ArrayList<Double>();
      for (var i = 0; i < n; i++) {
        // Hundredths, so that sums tie.
        differences.add(Math.rint(10 * random.nextGaussian() + 4) / 100);
      }
      assertThat(SignFlipTest.p(differences))
          .as(differences.toString())
          .isCloseTo(oracle(differences), within(1e-12));
    }
  }

  @Test
  void sevenPairsOfOneSignHaveTheSmallestP() {
    assertThat(SignFlipTest.p(List.of(0.1, 0.2, 0.01, 0.3, 0.5, 0.04, 0.07))).isEqualTo(2 / 128.0);
    assertThat(SignFlipTest.p(List.of(-0.1, -0.2, -0.01, -0.3, -0.5, -0.04, -0.07)))
        .isEqualTo(2 / 128.0);
  }

  @Test
  void limits() {
    assertThat(SignFlipTest.p(List.of())).isNaN();
    assertThat(SignFlipTest.p(List.of(0.3))).isEqualTo(1);
    assertThat(SignFlipTest.p(List.of(0.0, 0.0))).isEqualTo(1);
    assertThat(SignFlipTest.p(List.of(0.1, -0.1))).isEqualTo(1);
    // 35 pairs, as of all 70 splits of eight classes into halves.
    var many = new ArrayList<Double>(java.util.Collections.nCopies(35, 0.01));
    assertThat(SignFlipTest.p(many)).isEqualTo(Math.pow(2, -34));
  }
}
