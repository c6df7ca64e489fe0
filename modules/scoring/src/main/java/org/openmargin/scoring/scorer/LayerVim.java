package org.openmargin.scoring.scorer;

import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.LogSumExp;
import org.openmargin.scoring.numeric.ResidualSpace;
import org.openmargin.scoring.numeric.Scatter;
import org.openmargin.scoring.numeric.Standardization;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * {@link Vim} with the virtual logit of features of early layers or of the pixels: unknown score
 * {@code 1/F sum_f a_f |R_f z_f| - log sum_{j<C} exp(z_j)}, with z_f the standardised feature f,
 * R_f the eigenvectors of its covariance over the training images except the D_f with the largest
 * eigenvalues, and {@code a_f = sum_i max_{j<C} z_ij / sum_i |R_f z_if|}: 0 if nothing lies outside
 * the principal space (below 1e-6 of the length) or the mean of the largest logits is not positive.
 *
 * <p>Source: Wang, Li, Feng, Zhang, "ViM: Out-Of-Distribution with Virtual-logit Matching", CVPR
 * 2022, section 4, on other layers than the last.
 *
 * @param layers at least one
 */
public record LayerVim(Head head, List<LayerVim.Layer> layers) implements Scorer {
  private static final double NOTHING = 1e-6;

  /**
   * @param feature its name
   * @param space its basis is R_f, [d - D][d]
   * @param factor a_f
   */
  public record Layer(
      String feature, Standardization standardization, ResidualSpace space, double factor) {

    /** {@code |R_f z_f|}. */
    double residual(float[] x) {
      return space.length(standardization.apply(x));
    }
  }

  public LayerVim {
    layers = List.copyOf(layers);
  }

  /**
   * @param dimensions D_f, for features that have more; 0, and for the others: half of them
   * @throws IllegalArgumentException for a feature that the outputs lack
   */
  static LayerVim fit(TrainingOutputs training, List<String> features, int dimensions) {
    var layers = features.stream().map(feature -> layer(training, feature, dimensions)).toList();
    return new LayerVim(training.head(), layers);
  }

  private static Layer layer(TrainingOutputs training, String feature, int dimensions) {
    var rows = training.feature(feature);
    int size = rows[0].length;
    var standardization = Standardization.of(rows);
    var moments = Scatter.of(rows.length, size, row -> standardization.apply(rows[row]));
    int principal = dimensions == 0 || dimensions >= size ? size / 2 : dimensions;
    var space = ResidualSpace.of(moments, principal);
    var unscaled = new Layer(feature, standardization, space, 1);
    double logits = 0;
    double lengths = 0;
    double residuals = 0;
    for (int row = 0; row < rows.length; row++) {
      logits += training.predictions().logits()[row][training.predictions().predictedClass(row)];
      lengths += 1 / Vectors.inverseLength(standardization.apply(rows[row]));
      residuals += unscaled.residual(rows[row]);
    }
    boolean usable = residuals > NOTHING * lengths && logits > 0;
    return new Layer(feature, standardization, space, usable ? logits / residuals : 0);
  }

  @Override
  public ScorerType type() {
    return ScorerType.LAYER_VIM;
  }

  @Override
  public String formula() {
    return "mean of a |residual| of the standardised features %s - log sum exp z over known classes"
        .formatted(String.join(", ", layers.stream().map(Layer::feature).toList()));
  }

  @Override
  public double[] unknownScores(Predictions predictions) {
    var features = layers.stream().map(layer -> predictions.feature(layer.feature())).toList();
    return IntStream.range(0, predictions.size())
        .parallel()
        .mapToDouble(row -> unknownScore(predictions.logits()[row], features, row))
        .toArray();
  }

  private double unknownScore(float[] logits, List<float[][]> features, int row) {
    double sum = 0;
    for (int f = 0; f < layers.size(); f++) {
      sum += layers.get(f).factor() * layers.get(f).residual(features.get(f)[row]);
    }
    return sum / layers.size() - LogSumExp.of(logits, head.knownClasses(), 1);
  }
}
