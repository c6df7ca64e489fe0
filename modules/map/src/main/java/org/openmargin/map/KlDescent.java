package org.openmargin.map;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.openmargin.scoring.numeric.Vectors;

/**
 * Moves the points of a t-SNE map down the gradient of {@code KL(P || Q)}, where
 *
 * <pre>
 * w_ij = 1 / (1 + |y_i - y_j|^2),   Z = sum_{k != l} w_kl,   q_ij = w_ij / Z
 * dKL/dy_i = 4 sum_j (p_ij - q_ij) w_ij (y_i - y_j)
 * </pre>
 *
 * <p>Each row is summed by one thread in element order, and rows are added in order, so results do
 * not depend on the number of threads. Steps follow van der Maaten's program: momentum, and one
 * gain per coordinate that grows by 0.2 while the gradient keeps its sign and is multiplied by 0.8
 * when the sign changes.
 */
final class KlDescent {
  private static final double SMALLEST_GAIN = 0.01;

  private final double[][] affinities;
  private final double[][] positions;
  private final double[][] velocities;
  private final double[][] gains;

  /** From P [n][n] and start positions [n][2], which are copied. */
  KlDescent(double[][] affinities, double[][] start) {
    this.affinities = affinities;
    this.positions = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    this.velocities = new double[start.length][2];
    this.gains = new double[start.length][2];
    Arrays.stream(gains).forEach(g -> Arrays.fill(g, 1));
  }

  /** [n][2] */
  double[][] positions() {
    return positions;
  }

  /** One step; {@code exaggeration} multiplies P. */
  void step(double exaggeration, double momentum, double rate) {
    var gradient = gradient(exaggeration);
    for (var i = 0; i < positions.length; i++) {
      for (var k = 0; k < 2; k++) {
        var turned = Math.signum(gradient[i][k]) == Math.signum(velocities[i][k]);
        var gain = turned ? gains[i][k] * 0.8 : gains[i][k] + 0.2;
        gains[i][k] = Math.max(SMALLEST_GAIN, gain);
        velocities[i][k] = momentum * velocities[i][k] - rate * gains[i][k] * gradient[i][k];
        positions[i][k] += velocities[i][k];
      }
    }
    var mean = Means.of(positions);
    Arrays.setAll(positions, i -> Vectors.minus(positions[i], mean));
  }

  /** [n][2] */
  double[][] gradient(double exaggeration) {
    var x = coordinate(0);
    var y = coordinate(1);
    var forces = new Forces[positions.length];
    IntStream.range(0, forces.length)
        .parallel()
        .forEach(i -> forces[i] = Forces.on(i, affinities[i], x, y));
    var z = Arrays.stream(forces).mapToDouble(Forces::weight).reduce(0, Double::sum);
    return Arrays.stream(forces).map(f -> f.gradient(exaggeration, z)).toArray(double[][]::new);
  }

  /** {@code sum p_ij ln(p_ij / q_ij)}, in nats. */
  double klDivergence() {
    var x = coordinate(0);
    var y = coordinate(1);
    var z = 0.0;
    for (var i = 0; i < x.length; i++) {
      z += Forces.on(i, affinities[i], x, y).weight();
    }
    var divergence = 0.0;
    for (var i = 0; i < x.length; i++) {
      for (var j = 0; j < x.length; j++) {
        var p = affinities[i][j];
        if (i != j && p > 0) {
          divergence += p * StrictMath.log(p * z / Forces.weight(x[i] - x[j], y[i] - y[j]));
        }
      }
    }
    return divergence;
  }

  private double[] coordinate(int k) {
    return Arrays.stream(positions).mapToDouble(p -> p[k]).toArray();
  }

  /** Attraction and repulsion of one point; the weight is sum_j w_ij. */
  private record Forces(double pullX, double pullY, double pushX, double pushY, double weight) {

    static double weight(double dx, double dy) {
      return 1 / (1 + dx * dx + dy * dy);
    }

    static Forces on(int i, double[] p, double[] x, double[] y) {
      var pullX = 0.0;
      var pullY = 0.0;
      var pushX = 0.0;
      var pushY = 0.0;
      var sum = 0.0;
      for (var j = 0; j < p.length; j++) {
        var dx = x[i] - x[j];
        var dy = y[i] - y[j];
        var w = weight(dx, dy);
        var pull = p[j] * w;
        pullX += pull * dx;
        pullY += pull * dy;
        pushX += w * w * dx;
        pushY += w * w * dy;
        sum += w;
      }
      // The point exerts no force on itself, but its weight, 1, was counted.
      return new Forces(pullX, pullY, pushX, pushY, sum - 1);
    }

    double[] gradient(double exaggeration, double z) {
      return new double[] {
        4 * (exaggeration * pullX - pushX / z), 4 * (exaggeration * pullY - pushY / z)
      };
    }
  }
}
