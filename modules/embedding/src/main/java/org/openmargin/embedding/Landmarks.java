package org.openmargin.embedding;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openmargin.embedding.EmbeddingDistances.ClassMeans;
import org.openmargin.embedding.EmbeddingDistances.KnownClass;
import org.openmargin.embedding.EmbeddingDistances.UnknownClass;

/**
 * Class means, radii and centre of the known classes.
 *
 * @param metric between vectors
 * @param known the classes
 * @param means [C][d]
 * @param radii [C]
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
record Landmarks(Metric metric, List<EmbeddedClass> known, double[][] means, double[] radii) {
  private static final double SHARE_INSIDE = 0.95;

  static Landmarks of(Metric metric, List<EmbeddedClass> known) {
    var means = known.stream().map(EmbeddedClass::mean).toArray(double[][]::new);
    var radii =
        IntStream.range(0, means.length)
            .mapToDouble(c -> radius(metric, known.get(c).rows(), means[c]))
            .toArray();
    return new Landmarks(metric, known, means, radii);
  }

  private static double radius(Metric metric, double[][] rows, double[] mean) {
    var distances = toPoint(metric, rows, mean).sorted().toArray();
    return distances[(int) Math.ceil(SHARE_INSIDE * rows.length) - 1];
  }

  private static DoubleStream toPoint(Metric metric, double[][] rows, double[] point) {
    return Arrays.stream(rows).mapToDouble(row -> metric.between(row, point));
  }

  KnownClass known(EmbeddedClass c) {
    return new KnownClass(
        c.name(),
        c.rows().length,
        c.meanLength(),
        toOwnMean(c).average().orElseThrow(),
        radii[known.indexOf(c)],
        Sight.position(sights(c)));
  }

  UnknownClass unknown(EmbeddedClass c) {
    return new UnknownClass(c.name(), c.rows().length, c.meanLength(), Sight.position(sights(c)));
  }

  /** Distance of each image to the mean of its known class. */
  DoubleStream toOwnMean(EmbeddedClass c) {
    return toPoint(metric, c.rows(), means[known.indexOf(c)]);
  }

  List<Sight> sights(EmbeddedClass c) {
    var centre = Vectors.mean(means);
    return Arrays.stream(c.rows()).map(row -> sight(row, centre)).toList();
  }

  private Sight sight(double[] row, double[] centre) {
    var distances = toPoint(metric, means, row).toArray();
    var nearest = 0;
    for (var c = 1; c < distances.length; c++) {
      nearest = distances[c] < distances[nearest] ? c : nearest;
    }
    var sorted = Arrays.stream(distances).sorted().toArray();
    return new Sight(sorted[0], sorted[1], metric.between(row, centre), radii[nearest]);
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
