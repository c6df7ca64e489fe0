package org.openmargin.scoring.scorer;

import java.util.stream.IntStream;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;
import org.openmargin.scoring.numeric.NearestCosines;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * Nearest neighbour guidance: the energy times the support from near and confident training images.
 * With {@code s(z) = log sum_{j<C} exp(z_j)} and bank images x_i with logits z_i,
 *
 * <pre>
 * unknown score = -s(z) 1/k sum of the k largest s(z_i) cos(x, x_i)
 * </pre>
 *
 * <p>The bank holds a share of the training images, evenly spaced in their order. Lengths as in
 * {@link Knn}. The open class is ignored. Meant for heads whose s is positive on confident images
 * (a dense head, scaled cosines); with negative distances as logits the product of two negative
 * numbers reverses the order.
 *
 * <p>Source: Park, Jung, Teoh, "Nearest Neighbor Guidance for Out-of-Distribution Detection", ICCV
 * 2023; neighbours are those with the largest product, as in the authors' code.
 *
 * @param bank [M][d], training embeddings as they are
 * @param factors [M], {@code s(z_i) / |x_i|}
 * @param neighbours k, from 1 to M
 */
@SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
public record NnGuide(Head head, float[][] bank, double[] factors, int neighbours)
    implements EmbeddingScorer {

  public NnGuide {
    if (neighbours < 1 || neighbours > bank.length) {
      throw new IllegalArgumentException(
          "nnguide needs a k from 1 to the number of images in its bank, %d; got %d"
              .formatted(bank.length, neighbours));
    }
  }

  /**
   * @param share of the training images in the bank, in (0, 1]; at least one image
   * @param neighbours k; at most the size of the bank is used
   */
  public static NnGuide fit(TrainingOutputs training, double share, int neighbours) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "nnguide needs a share of the training images in (0, 1]; got " + share);
    }
    var kept = Math.max(1, (int) Math.round(share * training.size()));
    var rows = IntStream.range(0, kept).map(i -> (int) ((long) i * training.size() / kept));
    var all = training.predictions().embeddings();
    var chosen = rows.toArray();
    var factors =
        IntStream.of(chosen)
            .mapToDouble(
                row ->
                    LogSumExp.of(training.knownLogits(row), 1)
                        * Vectors.inverseLength(training.embedding(row)))
            .toArray();
    var bank = IntStream.of(chosen).mapToObj(row -> all[row]).toArray(float[][]::new);
    return new NnGuide(training.head(), bank, factors, Math.min(neighbours, kept));
  }

  @Override
  public ScorerType type() {
    return ScorerType.NNGUIDE;
  }

  @Override
  public String formula() {
    return ("-s(z) times the mean of the %d largest s(z_i) cos(x, x_i) of %d training images, s = log"
            + " sum exp over known classes")
        .formatted(neighbours, bank.length);
  }

  @Override
  public double unknownScore(float[] logits, float[] embedding) {
    return unknownScores(new float[][] {logits}, new float[][] {embedding})[0];
  }

  @Override
  public double[] unknownScores(float[][] logits, float[][] embeddings) {
    for (var embedding : embeddings) {
      Vectors.requireSize(embedding, bank[0].length);
    }
    var guidance = new NearestCosines(bank, factors, neighbours).means(embeddings);
    return IntStream.range(0, guidance.length)
        .mapToDouble(
            row -> {
              head.requireRow(logits[row]);
              return -LogSumExp.of(logits[row], head.knownClasses(), 1) * guidance[row];
            })
        .toArray();
  }
}
