package org.openmargin.map;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Distances of one image to the centroids of the known classes.
 *
 * @param nearest distance to the nearest centroid
 * @param second distance to the second nearest
 * @param centre distance to the mean of all centroids
 * @param radius of the class whose centroid is nearest
 */
record CentroidDistances(double nearest, double second, double centre, double radius) {

  static EmbeddingDistances.Position position(List<CentroidDistances> images) {
    return new EmbeddingDistances.Position(
        mean(images, CentroidDistances::nearest),
        mean(images, s -> s.second > 0 ? s.nearest / s.second : 1),
        mean(images, s -> s.centre < s.nearest ? 1 : 0),
        mean(images, s -> s.nearest <= s.radius ? 1 : 0));
  }

  private static double mean(
      List<CentroidDistances> images, ToDoubleFunction<CentroidDistances> value) {
    return images.stream().mapToDouble(value).average().orElseThrow();
  }
}
