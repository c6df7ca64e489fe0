package org.openmargin.scoring.scorer;

import java.util.Arrays;
import java.util.List;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.NearestCosines;
import org.openmargin.scoring.numeric.Standardization;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * {@link Knn} in features of early layers or of the pixels: unknown score {@code -1/F sum_f
 * cos_(k)(z_f)}, with z_f the standardised feature f and {@code cos_(k)} its k-th largest cosine to
 * those of the training images, of any class. In [-1, 1]. Standardised, because the features of a
 * ReLU are never negative, so that all their cosines are alike.
 *
 * <p>Source: Sun, Ming, Zhu, Li, "Out-of-Distribution Detection with Deep Nearest Neighbors", ICML
 * 2022, section 3, on other layers than the last.
 *
 * @param layers at least one
 * @param neighbours k, from 1 to the number of training images
 */
public record LayerKnn(List<LayerKnn.Layer> layers, int neighbours) implements Scorer {

  /**
   * @param feature its name
   * @param bank [N][d], standardised features of training images, as floats to save memory
   * @param inverseLengths [N], one over the length of each
   */
  @SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
  public record Layer(
      String feature, Standardization standardization, float[][] bank, double[] inverseLengths) {}

  public LayerKnn {
    layers = List.copyOf(layers);
  }

  /**
   * @param neighbours k; at most the number of training images is used
   * @throws IllegalArgumentException for a feature that the outputs lack
   */
  static LayerKnn fit(TrainingOutputs training, List<String> features, int neighbours) {
    var layers = features.stream().map(feature -> layer(training, feature)).toList();
    return new LayerKnn(layers, Math.min(neighbours, training.size()));
  }

  private static Layer layer(TrainingOutputs training, String feature) {
    var rows = training.feature(feature);
    var standardization = Standardization.of(rows);
    var bank = standardized(standardization, rows);
    var inverseLengths =
        Arrays.stream(bank).mapToDouble(x -> Vectors.inverseLength(Vectors.doubles(x))).toArray();
    return new Layer(feature, standardization, bank, inverseLengths);
  }

  private static float[][] standardized(Standardization standardization, float[][] rows) {
    return Arrays.stream(rows)
        .map(row -> Vectors.floats(standardization.apply(row)))
        .toArray(float[][]::new);
  }

  @Override
  public ScorerType type() {
    return ScorerType.LAYER_KNN;
  }

  @Override
  public String formula() {
    return "-cosine to the nearest but %d of %d training images in the standardised features %s"
        .formatted(
            neighbours - 1,
            layers.get(0).bank().length,
            String.join(", ", layers.stream().map(Layer::feature).toList()));
  }

  @Override
  public double[] unknownScores(Predictions predictions) {
    var scores = new double[predictions.size()];
    for (var layer : layers) {
      var rows = standardized(layer.standardization(), predictions.feature(layer.feature()));
      var nearest = new NearestCosines(layer.bank(), layer.inverseLengths(), neighbours);
      var cosines = nearest.smallest(rows);
      for (int row = 0; row < scores.length; row++) {
        scores[row] -= cosines[row] / layers.size();
      }
    }
    return scores;
  }
}
