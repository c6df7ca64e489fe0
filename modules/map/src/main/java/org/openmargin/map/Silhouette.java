package org.openmargin.map;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well images fit into their own class (Rousseeuw, "Silhouettes", 1987). With a the mean
 * distance of an image to the others of its class, and b the smallest mean distance to the images
 * of another class:
 *
 * <pre>
 * s = (b - a) / max(a, b),   0 for the only image of a class
 * </pre>
 *
 * <p>From -1 (in the wrong class) through 0 (between two) to 1 (compact and far from others).
 */
public final class Silhouette {
  private Silhouette() {}

  /**
   * The mean over all images.
   *
   * @throws IllegalArgumentException with fewer than two classes
   */
  public static double of(Metric metric, List<EmbeddedClass> classes) {
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "a silhouette needs at least two classes; got " + classes.size());
    }
    var images =
        IntStream.range(0, classes.size())
            .boxed()
            .flatMap(
                c -> IntStream.range(0, classes.get(c).rows().length).mapToObj(i -> new At(c, i)))
            .toList();
    // Into an array first: a parallel mean would depend on how the work was divided.
    var silhouettes = new double[images.size()];
    IntStream.range(0, silhouettes.length)
        .parallel()
        .forEach(i -> silhouettes[i] = of(metric, classes, images.get(i)));
    return Arrays.stream(silhouettes).average().orElseThrow();
  }

  private record At(int own, int index) {}

  private static double of(Metric metric, List<EmbeddedClass> classes, At at) {
    var own = classes.get(at.own()).rows();
    if (own.length == 1) {
      return 0;
    }
    var row = own[at.index()];
    var within = sum(metric, row, own) / (own.length - 1);
    var other =
        IntStream.range(0, classes.size())
            .filter(c -> c != at.own())
            .mapToDouble(
                c -> sum(metric, row, classes.get(c).rows()) / classes.get(c).rows().length)
            .min()
            .orElseThrow();
    var larger = Math.max(within, other);
    return larger > 0 ? (other - within) / larger : 0;
  }

  private static double sum(Metric metric, double[] row, double[][] rows) {
    return Arrays.stream(rows).mapToDouble(r -> metric.between(row, r)).sum();
  }
}
