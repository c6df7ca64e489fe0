package org.openmargin.scoring.scorer;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openmargin.scoring.numeric.LogSumExp;
import org.openmargin.scoring.numeric.Scatter;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.numeric.Whitening;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Minus the log-density of the training embeddings, a mixture of one Gaussian per known class, up
 * to a constant: unknown score {@code -log sum_{c<C} pi_c det(S_c)^-1/2 exp(-1/2 (x - mu_c)^T
 * S_c^-1 (x - mu_c))}. pi_c: share of class c among the training images; mu_c: its mean embedding;
 * {@code S_c = (1 - a) S_c' + a mean_k S_k' + r I} with S_c' the covariance of class c alone, a the
 * pooling, and the ridge r of {@link Whitening}. Logits, and so the open class, are ignored.
 *
 * <p>Sources: Mukhoti, Kirsch, van Amersfoort, Torr, Gal, "Deep Deterministic Uncertainty", CVPR
 * 2023, section 4 (the density); Friedman, "Regularized Discriminant Analysis", 1989, equations 14
 * to 18 (pooling and ridge, without which a class with fewer images than dimensions has no
 * density).
 *
 * @param classes whitening of S_c around mu_c
 * @param logFactors log pi_c - 1/2 log det S_c
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record GaussianDensity(List<Whitening> classes, double[] logFactors)
    implements EmbeddingScorer {

  public GaussianDensity {
    classes = List.copyOf(classes);
  }

  /**
   * @param pooling a, from 0 (one covariance per class) to 1 (one for all)
   * @param ridge r as a share of S_c's mean variance
   */
  public static GaussianDensity fit(TrainingOutputs training, double pooling, double ridge) {
    var means = ClassMeans.ofEmbeddings(training).points();
    var covariances = new ArrayList<DMatrixRMaj>();
    for (int label = 0; label < means.length; label++) {
      covariances.add(covariance(training, label, means[label]));
    }
    var pooled = mean(covariances);
    var classes = new ArrayList<Whitening>();
    var logFactors = new double[means.length];
    for (int label = 0; label < means.length; label++) {
      var blend = new DMatrixRMaj(pooled.numRows, pooled.numCols);
      CommonOps_DDRM.add(1 - pooling, covariances.get(label), pooling, pooled, blend);
      var whitening = Whitening.of(means[label], blend, ridge);
      classes.add(whitening);
      double share = (double) training.rows(label).length / training.size();
      logFactors[label] = Math.log(share) - whitening.logDeterminant() / 2;
    }
    return new GaussianDensity(classes, logFactors);
  }

  private static DMatrixRMaj covariance(TrainingOutputs training, int label, double[] mean) {
    var rows = training.rows(label);
    return Scatter.of(
        rows.length,
        training.embeddingSize(),
        row -> Vectors.minus(training.embedding(rows[row]), mean));
  }

  private static DMatrixRMaj mean(List<DMatrixRMaj> matrices) {
    var sum = matrices.get(0).createLike();
    matrices.forEach(matrix -> CommonOps_DDRM.addEquals(sum, matrix));
    CommonOps_DDRM.divide(sum, matrices.size());
    return sum;
  }

  @Override
  public ScorerType type() {
    return ScorerType.GAUSSIAN_DENSITY;
  }

  @Override
  public String formula() {
    return "minus the log-density of a mixture of Gaussians, one per class, fitted to training"
        + " embeddings";
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    Vectors.requireSize(embedding, classes.get(0).centre().length);
    var x = Vectors.doubles(embedding);
    var terms = new double[classes.size()];
    for (int c = 0; c < terms.length; c++) {
      terms[c] = logFactors[c] - classes.get(c).squaredDistance(x) / 2;
    }
    return -LogSumExp.of(terms, 1);
  }
}
