package org.openmargin.map;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openmargin.scoring.metric.Auroc;

/**
 * The distances behind "known classes are compact and unknown images lie between them", in all
 * dimensions of the embedding. D is the distance; mu_c is the mean of the images of known class c
 * (an image of that class is left out of its own mean: otherwise it would be nearer than a similar
 * new image); r_c is the distance from mu_c within which 95 % of these images lie; o, the mean of
 * all mu_c, is the centre of the known classes.
 *
 * <ul>
 *   <li><b>Known classes are compact</b>: {@code toOwnMean} (mean of {@code D(x, mu_c)} over the
 *       images x of class c) is small compared with the distances between class means: {@code
 *       meansToWithin} is well above 1 and {@code silhouette} near 1.
 *   <li><b>Unknown images are not in known classes</b>: they are farther from the nearest class
 *       mean than known images are ({@code unknownToWithin} above 1, {@code auroc} near 1), and few
 *       lie within the radius r_c of the class whose mean is nearest ({@code inside} near 0).
 *   <li><b>Unknown images lie between known classes</b>: the nearest mean is hardly nearer than the
 *       second nearest ({@code betweenness} near 1), and many are nearer to the centre o than to
 *       any class mean ({@code nearCentre} high); for known images both are near 0.
 * </ul>
 *
 * <p>Each mean over images gives every image the same weight.
 *
 * @param metric D
 * @param means distances between class means
 * @param ratios the claim in four numbers
 */
public record EmbeddingDistances(
    Metric metric,
    List<KnownClass> known,
    List<UnknownClass> unknown,
    Totals totals,
    ClassMeans means,
    Ratios ratios) {

  public EmbeddingDistances {
    known = List.copyOf(known);
    unknown = List.copyOf(unknown);
  }

  /**
   * A known class c.
   *
   * @param images n_c
   * @param meanLength mean {@code |x|} before any normalization
   * @param toOwnMean mean of {@code D(x, mu_c)}
   * @param radius r_c: the ceil(0.95 n_c)-th smallest {@code D(x, mu_c)}
   * @param position of its images among all known classes
   */
  public record KnownClass(
      String name,
      int images,
      double meanLength,
      double toOwnMean,
      double radius,
      Position position) {}

  /** An unknown class, measured like a {@link KnownClass}. */
  public record UnknownClass(String name, int images, double meanLength, Position position) {}

  /**
   * Where images lie among the known classes. The means of known classes a and b are the nearest
   * and second nearest to an image x.
   *
   * @param toNearestMean mean of {@code D(x, mu_a)}
   * @param betweenness mean of {@code D(x, mu_a) / D(x, mu_b)}: 0 on a class mean, 1 exactly
   *     between two
   * @param nearCentre share of images with {@code D(x, o) < D(x, mu_a)}
   * @param inside share of images with {@code D(x, mu_a) <= r_a}
   */
  public record Position(
      double toNearestMean, double betweenness, double nearCentre, double inside) {}

  /** Over all known and all unknown images, if there are any; as in {@link KnownClass}. */
  public record Totals(double toOwnMean, Position known, Optional<Position> unknown) {}

  /**
   * @param smallest smallest {@code D(mu_a, mu_b)} of two known classes
   * @param mean mean of {@code D(mu_a, mu_b)} over all pairs
   * @param nearestPair the two classes whose means are nearest
   */
  public record ClassMeans(double smallest, double mean, List<String> nearestPair) {}

  /**
   * @param meansToWithin smallest distance of class means / {@code toOwnMean} of all known images
   * @param unknownToWithin {@code toNearestMean} of unknown images / {@code toOwnMean} of known
   *     ones; empty without unknown images
   * @param auroc probability that an unknown image is farther from its nearest class mean than a
   *     known image is from its own nearest one; empty without unknown images
   * @param silhouette of the known images, see {@link Silhouette}
   */
  public record Ratios(
      double meansToWithin,
      OptionalDouble unknownToWithin,
      OptionalDouble auroc,
      double silhouette) {}

  /**
   * @param known at least two classes
   * @param unknown may be empty
   * @throws IllegalArgumentException with fewer known classes
   */
  public static EmbeddingDistances of(
      Metric metric, List<EmbeddedClass> known, List<EmbeddedClass> unknown) {
    if (known.size() < 2) {
      throw new IllegalArgumentException(
          "distances need at least two known classes; got " + known.size());
    }
    var centroids = Centroids.of(metric, known);
    var own = known.stream().flatMap(c -> centroids.distances(c).stream()).toList();
    var foreign = unknown.stream().flatMap(c -> centroids.distances(c).stream()).toList();
    var within = known.stream().flatMapToDouble(c -> centroids.toOwnMean(c)).average().orElse(0);
    var totals =
        new Totals(
            within,
            CentroidDistances.position(own),
            foreign.isEmpty()
                ? Optional.empty()
                : Optional.of(CentroidDistances.position(foreign)));
    var means = centroids.classMeans();
    var ratios =
        new Ratios(
            ratio(means.smallest(), within),
            measured(totals.unknown().map(position -> ratio(position.toNearestMean(), within))),
            foreign.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Auroc.of(nearest(own), nearest(foreign))),
            Silhouette.of(metric, known));
    return new EmbeddingDistances(
        metric,
        known.stream().map(centroids::known).toList(),
        unknown.stream().map(centroids::unknown).toList(),
        totals,
        means,
        ratios);
  }

  private static OptionalDouble measured(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  private static double[] nearest(List<CentroidDistances> images) {
    return images.stream().mapToDouble(CentroidDistances::nearest).toArray();
  }

  /** 0, "no information", if b is 0: classes without extent have nothing to compare with. */
  private static double ratio(double a, double b) {
    return b > 0 ? a / b : 0;
  }
}
