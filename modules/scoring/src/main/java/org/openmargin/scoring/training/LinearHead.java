package org.openmargin.scoring.training;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.openmargin.scoring.numeric.Vectors;

/**
 * The known logits as a linear function of the embedding, for scorers that change the embedding:
 * {@code z = W f(x) + b}, where {@code f(x) = x} for a dense head and {@code f(x) = x / |x|} for a
 * cosine head (W then holds the scaled unit prototypes and b is 0).
 *
 * @param weights W, [C][d]
 * @param bias b, [C]
 * @param unitLength whether f divides by the length (at least 1e-6)
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record LinearHead(double[][] weights, double[] bias, boolean unitLength) {
  /** Large compared with a bias, so that the bias leaves less than a float's last digit in W. */
  private static final float PROBE = 1 << 20;

  /** GPUs may multiply in less than float32, with errors of about 1e-3. */
  private static final double TOLERANCE = 1e-2;

  /**
   * Finds W and b of a network by asking for the logits of 0 and of multiples of the unit vectors,
   * and checks them on the training embeddings.
   *
   * @param logits maps embeddings [n][d] to the network's logits [n][columns]
   * @param training embeddings with the expected logits
   * @return empty for a head of another form, such as one based on distances
   */
  public static Optional<LinearHead> find(
      UnaryOperator<float[][]> logits, TrainingOutputs training) {
    boolean cosine = training.head().cosineScale().isPresent();
    int size = training.embeddingSize();
    float probe = cosine ? 1 : PROBE;
    var probes = new float[size + 1][size];
    for (int i = 0; i < size; i++) {
      probes[i][i] = probe;
    }
    var answers = logits.apply(probes);
    int classes = training.head().knownClasses();
    var weights = new double[classes][size];
    var bias = new double[classes];
    for (int c = 0; c < classes; c++) {
      bias[c] = answers[size][c];
      for (int i = 0; i < size; i++) {
        weights[c][i] = (answers[i][c] - bias[c]) / probe;
      }
    }
    return Optional.of(new LinearHead(weights, bias, cosine)).filter(found -> found.fits(training));
  }

  private boolean fits(TrainingOutputs training) {
    for (int row = 0; row < training.size(); row++) {
      var expected = training.knownLogits(row);
      var actual = logits(training.embedding(row));
      double largest = 1;
      double error = 0;
      for (int c = 0; c < expected.length; c++) {
        largest = Math.max(largest, Math.abs(expected[c]));
        error = Math.max(error, Math.abs(actual[c] - expected[c]));
      }
      // Written so that NaN does not fit either.
      if (!(error <= TOLERANCE * largest)) {
        return false;
      }
    }
    return true;
  }

  /** f(x). */
  public double[] feature(double[] embedding) {
    return unitLength ? Vectors.unit(embedding) : embedding;
  }

  /** z, [C]. */
  public double[] logits(double[] embedding) {
    var feature = feature(embedding);
    var z = new double[bias.length];
    for (int c = 0; c < z.length; c++) {
      z[c] = Vectors.dot(weights[c], feature) + bias[c];
    }
    return z;
  }
}
