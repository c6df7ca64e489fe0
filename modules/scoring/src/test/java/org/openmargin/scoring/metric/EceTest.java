package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;

class EceTest {
  private static final double[] PROBABILITIES = {
    0.99, 0.97, 0.93, 0.81, 0.79, 0.61, 0.55, 0.4, 0.31, 1.0
  };
  private static final boolean[] CORRECT = {
    true, true, false, true, true, false, true, false, true, true
  };

  /** NumPy 2.4, with {@code (p > lo) & (p <= hi)} over {@code linspace(0, 1, 16)}. */
  @Test
  void equalsNumPysSumOverBins() {
    assertThat(Ece.of(PROBABILITIES, CORRECT)).isCloseTo(0.352, within(1e-15));
  }

  @Test
  void calibratedProbabilitiesHaveNoError() {
    assertThat(Ece.of(new double[] {0.5, 0.5, 1}, new boolean[] {true, false, true})).isZero();
    assertThat(Ece.of(new double[] {0, 0}, new boolean[] {false, false})).isZero();
    assertThat(Ece.of(new double[] {0, 1}, new boolean[] {true, false})).isEqualTo(1);
  }

  @Test
  void anEdgeBelongsToTheBinBelow() {
    // 0.2 ends the third bin; 0.21 to 4/15 is the fourth, so the gaps do not cancel.
    double[] probabilities = {0.2, 0.21};
    assertThat(Ece.of(probabilities, new boolean[] {true, false}))
        .isCloseTo((0.8 + 0.21) / 2, within(1e-15));
  }

  @Test
  void valuesThatAreNotProbabilitiesAreErrors() {
    boolean[] one = {true};
    assertThatThrownBy(() -> Ece.of(new double[] {1.01}, one))
        .hasMessage("the probability of image 0 is 1.01; it must be in [0, 1]");
    assertThatThrownBy(() -> Ece.of(new double[] {Double.NaN}, one)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Ece.of(new double[0], new boolean[0]))
        .hasMessageContaining("needs known images");
    assertThatThrownBy(() -> Ece.of(new double[2], one)).hasMessageContaining("1 flags for 2");
  }

  @Test
  void closedSetMetricsTakeTheSoftmaxOverKnownClasses() {
    // Softmax of (ln 3, 0) is (3/4, 1/4), whatever the logit of the open class; the second one is
    // wrong.
    float z = (float) Math.log(3);
    var head = Head.openCosine(List.of("a", "b"), 10);
    var truth = new Truth(List.of("1", "2"), new int[] {0, 0}, List.of("a", "a"));
    var known = Predictions.withoutEmbeddings(head, truth, new float[][] {{z, 0, 9}, {0, z, -9}});
    var metrics = ClosedSetMetrics.of(known);
    assertThat(metrics.acc()).isEqualTo(0.5);
    assertThat(metrics.ece()).isCloseTo(0.25, within(1e-7));
  }

  @Test
  void closedSetMetricsRefuseUnknownImages() {
    var head = Head.linear(List.of("a", "b"));
    var truth = new Truth(List.of("x"), new int[] {-1}, List.of("c"));
    var unknown = Predictions.withoutEmbeddings(head, truth, new float[][] {{1, 0}});
    assertThatThrownBy(() -> ClosedSetMetrics.of(unknown)).hasMessageContaining("(id 'x')");
  }
}
