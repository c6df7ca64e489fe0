package org.openmargin.map;

import java.util.Random;

/** Points for tests. */
final class Waves {
  private Waves() {}

  /**
   * Rows without randomness, easy to make in any language: {@code (k + 1) sin(0.7 i + 1.3 k^2)},
   * plus {@code 0.1 i} where k = 2.
   */
  static double[][] of(int rows, int columns) {
    var waves = new double[rows][columns];
    for (var i = 0; i < rows; i++) {
      for (var k = 0; k < columns; k++) {
        waves[i][k] = (k + 1) * Math.sin(0.7 * i + 1.3 * k * k) + (k == 2 ? 0.1 * i : 0);
      }
    }
    return waves;
  }

  /**
   * Normal points around {@code clusters} far places in 20 dimensions; point i is of i % clusters.
   */
  static double[][] clusters(int clusters, int points) {
    var random = new Random(7);
    var rows = new double[points][20];
    for (var i = 0; i < points; i++) {
      for (var k = 0; k < 20; k++) {
        rows[i][k] = random.nextGaussian() + (k == i % clusters ? 20 : 0);
      }
    }
    return rows;
  }
}
