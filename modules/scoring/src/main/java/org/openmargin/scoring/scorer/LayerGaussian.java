package org.openmargin.scoring.scorer;

import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.ClassGaussians;
import org.openmargin.scoring.numeric.Shrinkage;

/**
 * How far the features of an image, of early layers or of its pixels, are from those of every known
 * class: unknown score {@code min_{c<C} sum_f D_f(x_f, c) / d_f}, with D_f the distance of {@link
 * ClassGaussians} and d_f the size of feature f. Early layers keep the cues that do not separate
 * the known classes, which the last layer discards.
 *
 * <p>Source: Lee, Lee, Lee, Shin, NeurIPS 2018, section 2.2 (Mahalanobis distances of hidden
 * layers), with one covariance per class and, beside the mean over a map, its deviation.
 *
 * @param layers at least one
 */
public record LayerGaussian(List<LayerGaussian.Layer> layers) implements Scorer {

  /**
   * @param feature its name
   */
  public record Layer(String feature, ClassGaussians gaussians) {}

  public LayerGaussian {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a Gaussian of layers needs at least one feature");
    }
  }

  /**
   * @throws IllegalArgumentException for a feature that the outputs lack
   */
  static LayerGaussian fit(TrainedHead from, List<String> features, Shrinkage shrinkage) {
    return new LayerGaussian(
        features.stream()
            .map(feature -> new Layer(feature, from.gaussians(feature, shrinkage)))
            .toList());
  }

  @Override
  public ScorerType type() {
    return ScorerType.LAYER_GAUSSIAN;
  }

  @Override
  public String formula() {
    var names = layers.stream().map(Layer::feature).toList();
    return "minus the log-density of the features %s in one Gaussian per class, of the nearest class"
        .formatted(String.join(", ", names));
  }

  @Override
  public double[] unknownScores(Predictions predictions) {
    var features = layers.stream().map(layer -> predictions.feature(layer.feature())).toList();
    return IntStream.range(0, predictions.size())
        .parallel()
        .mapToDouble(row -> nearest(features, row))
        .toArray();
  }

  private double nearest(List<float[][]> features, int row) {
    var sums = new double[layers.get(0).gaussians().classes().size()];
    for (int f = 0; f < layers.size(); f++) {
      var gaussians = layers.get(f).gaussians();
      var distances = gaussians.distances(features.get(f)[row]);
      for (int c = 0; c < sums.length; c++) {
        sums[c] += distances[c] / gaussians.size();
      }
    }
    double nearest = sums[0];
    for (double sum : sums) {
      nearest = Math.min(nearest, sum);
    }
    return nearest;
  }
}
