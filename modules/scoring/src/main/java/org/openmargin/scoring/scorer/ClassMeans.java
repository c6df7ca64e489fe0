package org.openmargin.scoring.scorer;

import java.util.stream.IntStream;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * One point for each known class.
 *
 * @param points [C][d], in label order; read-only by contract
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record ClassMeans(double[][] points) {

  /** Mean training embedding of each class, by true label. */
  public static ClassMeans ofEmbeddings(TrainingOutputs training) {
    return new ClassMeans(
        IntStream.range(0, training.head().knownClasses())
            .mapToObj(label -> training.mean(training.rows(label)))
            .toArray(double[][]::new));
  }

  /** Squared Euclidean distance to the nearest point. */
  double nearestSquared(double[] x) {
    double nearest = Double.POSITIVE_INFINITY;
    for (var point : points) {
      nearest = Math.min(nearest, Vectors.squaredDistance(x, point));
    }
    return nearest;
  }
}
