package org.openmargin.scoring.scorer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.numeric.LogSumExp;
import org.openmargin.scoring.numeric.Vectors;
import org.openmargin.scoring.numeric.Weibull;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * OpenMax: the highest logits are lowered according to how unusually far the image lies from their
 * classes, and what they lose goes to the unknown. With z the known logits, mu_c the mean logits of
 * class c's correctly classified training images, F_c the {@link Weibull} distribution of the
 * largest of their distances {@code |z_i - mu_c|}, and r_c the rank of class c's logit (1 =
 * highest):
 *
 * <pre>
 * w_c = (A + 1 - r_c) / A * F_c(|z - mu_c|)   for r_c up to A, else 0
 * v_c = z_c (1 - w_c),   v_0 = sum_c z_c w_c
 * unknown score = v_0 - log sum_c exp(v_c)
 * </pre>
 *
 * <p>The score is the log odds of the unknown, p_0 / (1 - p_0), in OpenMax's softmax over v_0 and
 * all v_c: the same order as p_0, without its saturation. A class without correctly classified
 * training images uses all of its images. The open class is ignored. Meant for heads whose highest
 * known logit is positive (a dense head, scaled cosines); with negative ones, such as negative
 * distances, the formula lowers nothing.
 *
 * <p>Source: Bendale and Boult, "Towards Open Set Deep Networks", CVPR 2016, algorithms 1 and 2,
 * with Euclidean distances; the weights of the ranks as in the authors' code.
 *
 * @param means mu, [C][C]
 * @param tails F, one for each class
 * @param top A; 0 or more than C means all C
 */
public record OpenMax(Head head, ClassMeans means, List<Weibull> tails, int top)
    implements LogitScorer {

  public OpenMax {
    tails = List.copyOf(tails);
    if (top < 0) {
      throw new IllegalArgumentException("openmax needs a top of at least 0; got " + top);
    }
  }

  /**
   * @param tail number of largest distances per class; all if it has fewer
   * @param top A
   */
  public static OpenMax fit(TrainingOutputs training, int tail, int top) {
    int classes = training.head().knownClasses();
    var means = new double[classes][];
    var tails = new Weibull[classes];
    for (int c = 0; c < classes; c++) {
      var logits =
          IntStream.of(correctOrAll(training, c))
              .mapToObj(training::knownLogits)
              .toArray(double[][]::new);
      var mean = mean(logits);
      means[c] = mean;
      tails[c] = Weibull.ofLargest(distances(logits, mean), tail);
    }
    return new OpenMax(training.head(), new ClassMeans(means), List.of(tails), top);
  }

  private static int[] correctOrAll(TrainingOutputs training, int label) {
    var all = training.rows(label);
    var correct = IntStream.of(all).filter(training.predictions()::isCorrect).toArray();
    return correct.length > 0 ? correct : all;
  }

  private static double[] mean(double[][] rows) {
    return IntStream.range(0, rows[0].length)
        .mapToDouble(j -> Arrays.stream(rows).mapToDouble(row -> row[j]).sum() / rows.length)
        .toArray();
  }

  private static double[] distances(double[][] rows, double[] mean) {
    return Arrays.stream(rows)
        .mapToDouble(row -> Math.sqrt(Vectors.squaredDistance(row, mean)))
        .toArray();
  }

  /** A, at most C. */
  public int ranks() {
    return top == 0 ? head.knownClasses() : Math.min(top, head.knownClasses());
  }

  @Override
  public ScorerType type() {
    return ScorerType.OPENMAX;
  }

  @Override
  public String formula() {
    return "log(p / (1 - p)), p = OpenMax's probability of the unknown, %d highest logits lowered"
        .formatted(ranks());
  }

  @Override
  public double unknownScore(float[] logits) {
    head.requireRow(logits);
    var z = Arrays.copyOf(Vectors.doubles(logits), head.knownClasses());
    var order =
        IntStream.range(0, z.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -z[c]))
            .mapToInt(Integer::intValue)
            .toArray();
    var lowered = z.clone();
    double unknown = 0;
    for (int rank = 0; rank < ranks(); rank++) {
      int c = order[rank];
      double distance = Math.sqrt(Vectors.squaredDistance(z, means.points()[c]));
      double weight = (double) (ranks() - rank) / ranks() * tails.get(c).below(distance);
      lowered[c] = z[c] * (1 - weight);
      unknown += z[c] * weight;
    }
    return unknown - LogSumExp.of(lowered, 1);
  }
}
