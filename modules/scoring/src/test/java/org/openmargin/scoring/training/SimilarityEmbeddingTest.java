package org.openmargin.scoring.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;

class SimilarityEmbeddingTest {
  private static final int ROWS = 50;
  private static final int SIZE = 5;
  private static final TrainingOutputs TRAINING = training();

  /** Two joined features, of 3 and 2 numbers; the last one never varies. */
  private static TrainingOutputs training() {
    var random = new Random(4);
    var stem = new float[ROWS][3];
    var stain = new float[ROWS][2];
    for (int row = 0; row < ROWS; row++) {
      stem[row][0] = (float) (3 + random.nextGaussian());
      stem[row][1] = (float) (stem[row][0] + 4 * random.nextGaussian());
      stem[row][2] = (float) (0.1 * random.nextGaussian());
      stain[row][0] = (float) (10 * random.nextGaussian() - stem[row][1]);
      stain[row][1] = 7;
    }
    var labels = IntStream.range(0, ROWS).map(i -> i % 2).toArray();
    var ids = IntStream.range(0, ROWS).mapToObj(String::valueOf).toList();
    var names = IntStream.of(labels).mapToObj(label -> label == 0 ? "a" : "b").toList();
    return new TrainingOutputs(
        new Predictions(
            Head.linear(List.of("a", "b")),
            new Truth(ids, labels, names),
            new float[ROWS][2],
            new float[ROWS][2],
            Map.of("stem", stem, "stain", stain)));
  }

  private static SimilarityEmbedding fit(double whitening) {
    return SimilarityEmbedding.fit(TRAINING, List.of("stem", "stain"), whitening);
  }

  private static double[] joined(int row) {
    var stem = TRAINING.feature("stem")[row];
    var stain = TRAINING.feature("stain")[row];
    return new double[] {stem[0], stem[1], stem[2], stain[0], stain[1]};
  }

  /** The covariance with the ridge, by its definition. */
  private static double[][] covariance() {
    var mean = new double[SIZE];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < SIZE; i++) {
        mean[i] += joined(row)[i] / ROWS;
      }
    }
    var covariance = new double[SIZE][SIZE];
    double trace = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        for (int row = 0; row < ROWS; row++) {
          covariance[i][j] += (joined(row)[i] - mean[i]) * (joined(row)[j] - mean[j]) / ROWS;
        }
      }
      trace += covariance[i][i];
    }
    for (int i = 0; i < SIZE; i++) {
      covariance[i][i] += 1e-3 * trace / SIZE;
    }
    return covariance;
  }

  /** M of inner products: z_a . z_b = (a - mean)^T M (b - mean). */
  private static double[][] metric(double whitening) {
    var matrix = fit(whitening).matrix();
    var transposed = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return product(transposed, matrix);
  }

  private static double[][] product(double[][] a, double[][] b) {
    var product = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        for (int k = 0; k < SIZE; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static void requireEqual(double[][] got, double[][] want) {
    for (int i = 0; i < SIZE; i++) {
      assertThat(got[i]).containsExactly(want[i], within(1e-6));
    }
  }

  @Test
  void innerProductsAreThoseOfAPowerOfTheInverseCovariance() {
    var identity = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      identity[i][i] = 1;
    }
    requireEqual(metric(0), identity);
    requireEqual(product(metric(1), covariance()), identity);
    requireEqual(product(metric(0.5), metric(0.5)), metric(1));
    requireEqual(product(metric(0.25), metric(0.75)), metric(1));
  }

  @Test
  void rowsAreCentredBeforeTheyAreTurned() {
    var fitted = fit(0.75);
    var z = fitted.of(TRAINING.predictions());
    assertThat(fitted.size()).isEqualTo(SIZE);
    for (int i = 0; i < SIZE; i++) {
      double sum = 0;
      for (var row : z) {
        sum += row[i];
      }
      assertThat(sum / ROWS).isCloseTo(0, within(1e-5));
    }
    for (int i = 0; i < SIZE; i++) {
      double want = 0;
      for (int j = 0; j < SIZE; j++) {
        want += fitted.matrix()[i][j] * (joined(3)[j] - fitted.mean()[j]);
      }
      assertThat((double) z[3][i]).isCloseTo(want, within(1e-6));
    }
    assertThat(fitted.formula()).contains("stem, stain").contains("0.75");
  }

  @Test
  void aFeatureThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> SimilarityEmbedding.fit(TRAINING, List.of("stage9"), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stage9");
  }
}
