package org.openmargin.map;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openmargin.map.EmbeddingDistances.ClassMeans;
import org.openmargin.map.EmbeddingDistances.KnownClass;
import org.openmargin.map.EmbeddingDistances.UnknownClass;

/**
 * Centroids (class means), radii and centre of the known classes. An image of a known class is left
 * out of that class's mean: otherwise it would be nearer than a similar new image.
 *
 * @param means [C][d]
 * @param radii [C]
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
record Centroids(Metric metric, List<EmbeddedClass> known, double[][] means, double[] radii) {
  private static final double SHARE_INSIDE = 0.95;

  static Centroids of(Metric metric, List<EmbeddedClass> known) {
    var means = known.stream().map(EmbeddedClass::mean).toArray(double[][]::new);
    var radii =
        IntStream.range(0, means.length)
            .mapToDouble(c -> radius(toMean(metric, known.get(c).rows(), means[c])))
            .toArray();
    return new Centroids(metric, known, means, radii);
  }

  private static double radius(DoubleStream distances) {
    var sorted = distances.sorted().toArray();
    return sorted[(int) Math.ceil(SHARE_INSIDE * sorted.length) - 1];
  }

  private static DoubleStream toMean(Metric metric, double[][] rows, double[] mean) {
    return Arrays.stream(rows)
        .mapToDouble(row -> metric.between(row, Means.without(row, mean, rows.length)));
  }

  KnownClass known(EmbeddedClass c) {
    return new KnownClass(
        c.name(),
        c.rows().length,
        c.meanLength(),
        toOwnMean(c).average().orElseThrow(),
        radii[known.indexOf(c)],
        CentroidDistances.position(distances(c)));
  }

  UnknownClass unknown(EmbeddedClass c) {
    return new UnknownClass(
        c.name(), c.rows().length, c.meanLength(), CentroidDistances.position(distances(c)));
  }

  /** Distance of each image to the mean of its known class. */
  DoubleStream toOwnMean(EmbeddedClass c) {
    return toMean(metric, c.rows(), means[known.indexOf(c)]);
  }

  List<CentroidDistances> distances(EmbeddedClass c) {
    var own = known.indexOf(c);
    var centre = Means.of(means);
    return Arrays.stream(c.rows()).map(row -> distances(row, seen(own, row), centre)).toList();
  }

  /** The means seen by an image of known class {@code own}, or of an unknown class (-1). */
  private double[][] seen(int own, double[] row) {
    var seen = means.clone();
    if (own >= 0) {
      seen[own] = Means.without(row, means[own], known.get(own).rows().length);
    }
    return seen;
  }

  private CentroidDistances distances(double[] row, double[][] seen, double[] centre) {
    var distances = Arrays.stream(seen).mapToDouble(mean -> metric.between(mean, row)).toArray();
    var nearest = 0;
    for (var c = 1; c < distances.length; c++) {
      nearest = distances[c] < distances[nearest] ? c : nearest;
    }
    var sorted = Arrays.stream(distances).sorted().toArray();
    return new CentroidDistances(sorted[0], sorted[1], metric.between(row, centre), radii[nearest]);
  }

  ClassMeans classMeans() {
    var smallest = Double.POSITIVE_INFINITY;
    var sum = 0.0;
    var pair = List.<String>of();
    for (var a = 0; a < means.length; a++) {
      for (var b = a + 1; b < means.length; b++) {
        var distance = metric.between(means[a], means[b]);
        sum += distance;
        if (distance < smallest) {
          smallest = distance;
          pair = List.of(known.get(a).name(), known.get(b).name());
        }
      }
    }
    return new ClassMeans(smallest, sum / (0.5 * means.length * (means.length - 1)), pair);
  }
}
