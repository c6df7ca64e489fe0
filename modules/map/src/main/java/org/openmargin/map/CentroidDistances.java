package org.openmargin.map;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Distances of one image to the nearest and second nearest centroid of the known classes.
 *
 * @param centre distance to the mean of all centroids
 * @param radius of the class with the nearest centroid
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
