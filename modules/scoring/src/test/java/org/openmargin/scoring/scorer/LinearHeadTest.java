package org.openmargin.scoring.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

class LinearHeadTest {

  @Test
  void aDenseHeadIsFoundFromItsAnswers() {
    var dense = ScorerOracle.dense();
    var found = LinearHead.find(answersOf(dense), ScorerOracle.training()).orElseThrow();
    assertThat(found.unitLength()).isFalse();
    assertEqualWeights(found, dense);
  }

  @Test
  void aCosineHeadIsFoundFromItsAnswers() {
    var cosine = ScorerOracle.cosine();
    var found = LinearHead.find(answersOf(cosine), ScorerOracle.cosineTraining()).orElseThrow();
    assertThat(found.unitLength()).isTrue();
    assertEqualWeights(found, cosine);
  }

  @Test
  void aHeadOfSquaredDistancesIsNotALinearHead() {
    UnaryOperator<float[][]> distances =
        rows ->
            Arrays.stream(rows)
                .map(x -> new float[] {-square(x, 0), -square(x, 1), -square(x, 2)})
                .toArray(float[][]::new);
    var rows = ScorerOracle.training().predictions();
    var training =
        new TrainingOutputs(
            new Predictions(
                rows.head(), rows.truth(), distances.apply(rows.embeddings()), rows.embeddings()));
    assertThat(LinearHead.find(distances, training)).isEmpty();
  }

  /** Squared distance to the unit vector i. */
  private static float square(float[] x, int i) {
    float sum = 0;
    for (int k = 0; k < x.length; k++) {
      float difference = x[k] - (k == i ? 1 : 0);
      sum += difference * difference;
    }
    return sum;
  }

  private static UnaryOperator<float[][]> answersOf(LinearHead head) {
    return rows ->
        Arrays.stream(rows)
            .map(
                row -> {
                  var z = head.logits(Vectors.doubles(row));
                  return new float[] {(float) z[0], (float) z[1], (float) z[2]};
                })
            .toArray(float[][]::new);
  }

  private static void assertEqualWeights(LinearHead found, LinearHead expected) {
    for (int c = 0; c < 3; c++) {
      assertThat(found.bias()[c]).isCloseTo(expected.bias()[c], within(1e-6));
      assertThat(found.weights()[c]).containsExactly(expected.weights()[c], within(2e-6));
    }
  }
}
