package org.openmargin.benchmark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is SciPy: stats.t, ttest_rel, ttest_1samp, wilcoxon(mode="exact"), binomtest. */
class PairedTestTest {
  private static final List<Double> EIGHT = List.of(0.3, -0.1, 0.5, 0.7, -0.2, 0.9, 1.1, 0.05);

  @ParameterizedTest
  @CsvSource({
    "1, 12.706204736174694, 0.24223788318168682",
    "2, 4.302652729749462, 0.12961172022151082",
    "3, 3.1824463052837078, 0.08770664700806556",
    "4, 2.7764451051977934, 0.06676654481198814",
    "7, 2.364624251592784, 0.04099221858575289",
    "30, 2.0422724563012378, 0.01811564906806669"
  })
  void studentsDistributionIsSciPys(int degrees, double quantile, double p) {
    var figures = standardised(degrees + 1, 2.5);
    assertThat(PairedTest.of(figures).pairedT()).isCloseTo(p, within(1e-9));
    assertThat(Summary.of(figures).high() - 2.5).isCloseTo(quantile, within(1e-9));
  }

  /** {@code n} figures with this mean and a standard error of 1. */
  private static List<Double> standardised(int n, double mean) {
    var squares = IntStream.range(0, n).mapToDouble(i -> i - (n - 1) / 2.0).map(x -> x * x).sum();
    var scale = Math.sqrt(n * (n - 1) / squares);
    return IntStream.range(0, n).mapToObj(i -> mean + scale * (i - (n - 1) / 2.0)).toList();
  }

  @Test
  void summaryIsSciPys() {
    var summary = Summary.of(List.of(0.829, 0.958, 0.781, 0.877, 0.875));
    assertThat(summary.count()).isEqualTo(5);
    assertThat(summary.mean()).isCloseTo(0.864, within(1e-12));
    assertThat(summary.deviation()).isCloseTo(0.06565059024867939, within(1e-12));
    assertThat(summary.low()).isCloseTo(0.7824840256273878, within(1e-9));
    assertThat(summary.high()).isCloseTo(0.9455159743726124, within(1e-9));
  }

  @Test
  void pairedTIsSciPysWithAnEqualPair() {
    var test =
        PairedTest.of(
            List.of(0.829 - 0.746, 0.958 - 0.958, 0.781 - 0.658, 0.877 - 0.886, 0.875 - 0.862));
    assertThat(test.pairedT()).isCloseTo(0.18061001853164488, within(1e-9));
    assertThat(test.difference().low()).isCloseTo(-0.029995100712976785, within(1e-9));
    assertThat(test.difference().high()).isCloseTo(0.11399510071297678, within(1e-9));
    // Four pairs are left: 3 of 4 signs are positive, 2 * (4 + 1) / 16.
    assertThat(test.sign()).isCloseTo(0.625, within(1e-12));
    // Ranks 3, 4, -1, 2: of the 16 sets of signs, only {} and {1} have a sum of at most 1.
    assertThat(test.wilcoxon()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void testsOfEightDifferencesAreSciPys() {
    var test = PairedTest.of(EIGHT);
    assertThat(test.pairedT()).isCloseTo(0.046302542066104437, within(1e-12));
    assertThat(test.wilcoxon()).isCloseTo(0.078125, within(1e-12));
    assertThat(test.sign()).isCloseTo(0.2890625, within(1e-12));
  }

  @Test
  void signsOfDifferencesTurnedAroundGiveTheSameP() {
    var turned = PairedTest.of(EIGHT.stream().map(d -> -d).toList());
    assertThat(turned.pairedT()).isCloseTo(PairedTest.of(EIGHT).pairedT(), within(1e-15));
    assertThat(turned.wilcoxon()).isEqualTo(PairedTest.of(EIGHT).wilcoxon());
    assertThat(turned.sign()).isEqualTo(PairedTest.of(EIGHT).sign());
  }

  @Test
  void equalSizesShareTheirRank() {
    // Ranks 1.5, 1.5, 3, all positive: one of the 8 sets of signs is as extreme on either side.
    assertThat(PairedTest.of(List.of(1.0, 1.0, 2.0)).wilcoxon()).isEqualTo(0.25);
    // 1.5 - 1.5 + 3: sums of at least 4.5 have 1.5 + 3 (twice) and all: 3 of 8 on that side.
    assertThat(PairedTest.of(List.of(1.0, -1.0, 2.0)).wilcoxon()).isEqualTo(0.75);
  }

  @Test
  void differencesThatOnlyRoundingMakesUnequalAreEqual() {
    // 0.002, 0.002 and -0.002, whatever they were taken from: ranks 2, 2 and 2.
    for (var k = 400; k < 500; k++) {
      var up = (k + 1) / 500.0 - k / 500.0;
      var down = (k - 300) / 500.0 - (k - 299) / 500.0;
      var test = PairedTest.of(List.of(up, 0.002, down, (0.1 + 0.2) - 0.3));
      assertThat(test.wilcoxon()).as("from %d", k).isEqualTo(1);
      assertThat(test.sign()).isEqualTo(1);
      assertThat(PairedTest.of(List.of(up, 3 * up, down)).wilcoxon()).isEqualTo(0.75);
    }
  }

  @Test
  void noDifferenceAtAllIsNoEvidence() {
    var test = PairedTest.of(List.of(0.0, 0.0, 0.0));
    assertThat(List.of(test.pairedT(), test.wilcoxon(), test.sign())).containsOnly(1.0);
  }

  @Test
  void differencesWithoutSpreadAreNotSignificant() {
    var test = PairedTest.of(List.of(0.01, 0.01));
    assertThat(test.pairedT()).isNaN();
    assertThat(List.of(test.wilcoxon(), test.sign())).containsOnly(0.5);
  }

  @Test
  void oneFigureHasNoDeviation() {
    var test = PairedTest.of(List.of(0.5));
    assertThat(test.difference().mean()).isEqualTo(0.5);
    assertThat(test.difference().deviation()).isNaN();
    assertThat(test.pairedT()).isNaN();
    assertThat(Summary.of(List.of()).mean()).isNaN();
  }
}
