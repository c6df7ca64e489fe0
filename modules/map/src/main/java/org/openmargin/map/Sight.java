package org.openmargin.map;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one image sees of the known classes.
 *
 * @param nearest distance to the nearest class mean
 * @param second distance to the second nearest
 * @param centre distance to the mean of the class means
 * @param radius of the class whose mean is nearest
 */
record Sight(double nearest, double second, double centre, double radius) {

  static EmbeddingDistances.Position position(List<Sight> sights) {
    return new EmbeddingDistances.Position(
        mean(sights, Sight::nearest),
        mean(sights, s -> s.second > 0 ? s.nearest / s.second : 1),
        mean(sights, s -> s.centre < s.nearest ? 1 : 0),
        mean(sights, s -> s.nearest <= s.radius ? 1 : 0));
  }

  private static double mean(List<Sight> sights, ToDoubleFunction<Sight> value) {
    return sights.stream().mapToDouble(value).average().orElseThrow();
  }
}
