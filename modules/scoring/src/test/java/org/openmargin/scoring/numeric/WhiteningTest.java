package org.openmargin.scoring.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/**
 * A lower triangular W with a positive diagonal and W (S + r I) W^T = I is the inverse of the
 * Cholesky factor, and there is only one.
 */
class WhiteningTest {
  private static final int SIZE = 40;
  private static final double RIDGE = 1e-3;

  @Test
  void fewerImagesThanDimensionsAreWhitenedToTheIdentity() {
    var covariance = covariance(12);
    double meanVariance = 0;
    for (int i = 0; i < SIZE; i++) {
      meanVariance += covariance.get(i, i) / SIZE;
    }
    var whitening = Whitening.of(new double[SIZE], covariance, RIDGE);
    double logDeterminant = 0;
    for (int i = 0; i < SIZE; i++) {
      assertThat(whitening.matrix()[i][i]).isPositive();
      logDeterminant -= 2 * Math.log(whitening.matrix()[i][i]);
      for (int j = 0; j < SIZE; j++) {
        double sum = 0;
        for (int a = 0; a < SIZE; a++) {
          for (int b = 0; b < SIZE; b++) {
            double ridged = covariance.get(a, b) + (a == b ? RIDGE * meanVariance : 0);
            sum += whitening.matrix()[i][a] * ridged * whitening.matrix()[j][b];
          }
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-9));
        assertThat(j <= i ? 0 : whitening.matrix()[i][j]).isZero();
      }
    }
    assertThat(whitening.logDeterminant()).isCloseTo(logDeterminant, within(1e-9));
  }

  /** Zeros above the diagonal are not multiplied, but the sum is that of the whole row. */
  @Test
  void theProductIsThatOfTheWholeMatrixToTheBit() {
    for (int size : new int[] {1, 4, 6, 39, 40}) {
      var part = new DMatrixRMaj(size, size);
      CommonOps_DDRM.extract(covariance(60), 0, size, 0, size, part, 0, 0);
      var random = new Random(size);
      var x = random.doubles(size, -9, 9).toArray();
      var centre = random.doubles(size, -9, 9).toArray();
      var whitening = Whitening.of(centre, part).after(random.doubles(size, 0.1, 2).toArray());
      var whole = new double[size];
      for (int i = 0; i < size; i++) {
        whole[i] = Vectors.dot(Vectors.minus(x, centre), whitening.matrix()[i]);
      }
      assertThat(whitening.apply(x)).containsExactly(whole);
    }
  }

  /** Of rank {@code images} - 1. */
  private static DMatrixRMaj covariance(int images) {
    var random = new Random(3);
    var rows = new double[images][SIZE];
    var mean = new double[SIZE];
    for (var row : rows) {
      for (int k = 0; k < SIZE; k++) {
        row[k] = random.nextGaussian() * (1 + k);
        mean[k] += row[k] / images;
      }
    }
    var covariance = new DMatrixRMaj(SIZE, SIZE);
    for (var row : rows) {
      for (int a = 0; a < SIZE; a++) {
        for (int b = 0; b < SIZE; b++) {
          covariance.add(a, b, (row[a] - mean[a]) * (row[b] - mean[b]) / images);
        }
      }
    }
    return covariance;
  }
}
