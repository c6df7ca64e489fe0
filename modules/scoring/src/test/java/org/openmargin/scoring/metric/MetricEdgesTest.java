package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.UnknownScores;

class MetricEdgesTest {
  private static final double[] SOME = {1, 2};
  private static final double[] NONE = {};
  private static final boolean[] RIGHT = {true, true};

  @Test
  void onlyKnownOrOnlyUnknownImagesAreAnError() {
    assertThatThrownBy(() -> Auroc.of(SOME, NONE))
        .hasMessage("open-set metrics need known and unknown images; got 2 known and 0 unknown");
    assertThatThrownBy(() -> Oscr.of(Sweep.of(NONE, SOME, new boolean[0])))
        .hasMessageContaining("got 0 known and 2 unknown");
    assertThatThrownBy(() -> arplCompatible(SOME, NONE, RIGHT)).hasMessageContaining("0 unk");
    assertThatThrownBy(() -> Aupr.unknownPositive(Sweep.of(NONE, SOME)))
        .hasMessageContaining("unknown");
    assertThatThrownBy(() -> Aupr.knownPositive(Sweep.of(SOME, NONE)))
        .hasMessageContaining("unknown");
    assertThatThrownBy(() -> FprAt95Tpr.of(Sweep.of(SOME, NONE))).hasMessageContaining("0 unknown");
    assertThatThrownBy(() -> FprAt95KnownTpr.of(Sweep.of(NONE, SOME)))
        .hasMessageContaining("0 known");
    assertThatThrownBy(() -> Dtacc.of(Sweep.of(NONE, SOME))).hasMessageContaining("0 known");
    assertThatThrownBy(() -> CcrAtFpr.of(Sweep.of(SOME, NONE, RIGHT), 0.1))
        .hasMessageContaining("0 unk");
    assertThatThrownBy(() -> Accuracy.of(new boolean[0])).hasMessageContaining("at least one");
  }

  @Test
  void nanIsAnErrorThatSaysWhere() {
    assertThatThrownBy(() -> Auroc.of(new double[] {1, Double.NaN}, SOME))
        .hasMessage("the known score 1 is NaN");
    assertThatThrownBy(() -> Dtacc.of(Sweep.of(SOME, new double[] {Double.NaN})))
        .hasMessage("the unknown score 0 is NaN");
    assertThatThrownBy(() -> Aupr.unknownPositive(Sweep.of(SOME, new double[] {Double.NaN})))
        .hasMessageContaining("NaN");
  }

  @Test
  void thereMustBeOneFlagPerKnownScore() {
    assertThatThrownBy(() -> Oscr.of(Sweep.of(SOME, SOME, new boolean[] {true})))
        .hasMessage("there must be one correct flag per known score; got 1 flags for 2 scores");
  }

  @Test
  void equalScoresEverywhereAreAsGoodAsChance() {
    double[] same = {3, 3, 3};
    boolean[] correct = {true, false, true};
    assertThat(Auroc.of(same, same)).isEqualTo(0.5);
    assertThat(Oscr.of(Sweep.of(same, same, correct))).isEqualTo(1.0 / 3);
    assertThat(Dtacc.of(Sweep.of(same, same))).isEqualTo(0.5);
    assertThat(FprAt95Tpr.of(Sweep.of(same, same))).isEqualTo(1);
    assertThat(FprAt95KnownTpr.of(Sweep.of(same, same))).isEqualTo(1);
    assertThat(Aupr.unknownPositive(Sweep.of(same, same))).isEqualTo(0.75);
  }

  @Test
  void theWorstOrderIsZero() {
    assertThat(Auroc.of(new double[] {5, 6}, new double[] {1, 2})).isZero();
    assertThat(Oscr.of(Sweep.of(new double[] {5, 6}, new double[] {1, 2}, RIGHT))).isZero();
  }

  @Test
  void infiniteScoresAreJustExtreme() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(Auroc.of(new double[] {-infinity, 0}, new double[] {0, infinity})).isEqualTo(0.875);
  }

  @Test
  void arplCompatibleOscrDependsOnFileOrderAmongEqualScores() {
    double[] same = {1, 1};
    assertThat(arplCompatible(same, same, RIGHT)).isZero();
    double[] above = {2};
    assertThat(arplCompatible(same, above, new boolean[] {true, false})).isEqualTo(0.25);
    assertThat(arplCompatible(same, above, new boolean[] {false, true})).isEqualTo(0.5);
    assertThat(Oscr.of(Sweep.of(same, above, new boolean[] {false, true}))).isEqualTo(0.5);
    assertThat(arplCompatible(new double[] {1, 1, 1}, new double[] {2, 2}, allRight(3)))
        .isEqualTo(11.0 / 12);
  }

  @Test
  void missingOneUnknownImageInTwentyIsAllowedAtTpr95() {
    var unknown = new double[20];
    Arrays.fill(unknown, 10);
    unknown[7] = 0;
    assertThat(FprAt95Tpr.of(Sweep.of(new double[] {1, 2, 11, 12}, unknown))).isEqualTo(0.5);
    unknown[8] = 0;
    assertThat(FprAt95Tpr.of(Sweep.of(new double[] {1, 2, 11, 12}, unknown))).isEqualTo(1);
  }

  @Test
  void losingOneKnownImageInTwentyIsAllowedAtKnownTpr95() {
    var known = new double[20];
    known[7] = 10;
    assertThat(FprAt95KnownTpr.of(Sweep.of(known, new double[] {-1, 0, 5, 12}))).isEqualTo(0.5);
    known[8] = 10;
    assertThat(FprAt95KnownTpr.of(Sweep.of(known, new double[] {-1, 0, 5, 12}))).isEqualTo(0.75);
    assertThat(FprAt95KnownTpr.of(Sweep.of(known, new double[] {11, 12}))).isZero();
  }

  @Test
  void ccrAtFprCountsItsRankInDecimal() {
    // 0.07 * 100 is slightly more than 7 in binary; the 7th least unknown score must be taken.
    var unknown = new double[100];
    for (int i = 0; i < unknown.length; i++) {
      unknown[i] = i + 1;
    }
    double[] known = {6.5, 7, 7.5};
    assertThat(CcrAtFpr.of(Sweep.of(known, unknown, allRight(3)), 0.07)).isEqualTo(1.0 / 3);
    assertThat(CcrAtFpr.of(Sweep.of(known, unknown, allRight(3)), 0.08)).isEqualTo(1);
    assertThatThrownBy(() -> CcrAtFpr.of(Sweep.of(known, unknown, allRight(3)), 0))
        .hasMessage("the FPR of CCR@FPR must be in (0, 1]; got 0.0");
  }

  @Test
  void metricsLeaveTheirInputAsItWas() {
    double[] known = {3, 1, 2};
    double[] unknown = {5, 4};
    ScorerMetrics.of("any", new UnknownScores(known, unknown, allRight(3)), Bootstrap.seeded(1));
    assertThat(known).containsExactly(3, 1, 2);
    assertThat(unknown).containsExactly(5, 4);
  }

  private static boolean[] allRight(int n) {
    var flags = new boolean[n];
    Arrays.fill(flags, true);
    return flags;
  }

  private static double arplCompatible(double[] known, double[] unknown, boolean[] correct) {
    return Metric.OSCR_ARPL_COMPATIBLE.of(new UnknownScores(known, unknown, correct));
  }
}
