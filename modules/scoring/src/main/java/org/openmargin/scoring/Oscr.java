package org.openmargin.scoring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Open-set classification rate: the area under the curve of CCR against FPR, where CCR is the
 * fraction of known images that are accepted and correctly classified and FPR the fraction of
 * unknown images that are accepted.
 *
 * <p>Source: Dhamija, Guenther, Boult, "Reducing Network Agnostophobia", NeurIPS 2018; as a
 * pairwise mean: Wang et al., "OpenAUC", NeurIPS 2022, equation 7.
 */
public final class Oscr {
  private Oscr() {}

  /**
   * The exact area: mean over (known, unknown) pairs of {@code 1[correct] (1[k < u] + 0.5 1[k =
   * u])}; the trapezoid of the CCR-FPR curve with equal scores grouped, ending at (1, ACC). In [0,
   * min(AUROC, ACC)], O(n log n).
   *
   * @param known unknown scores of known images
   * @param unknown unknown scores of unknown images
   * @param correct per known image, whether its closed-set prediction is right
   * @throws IllegalArgumentException when either side is empty, a score is NaN or lengths differ
   */
  public static double of(double[] known, double[] unknown, boolean[] correct) {
    return of(Sweep.of(known, unknown, correct));
  }

  /** Counts half pairs in integers: nothing is rounded before the one division. */
  static double of(Sweep sweep) {
    long halfPairs = 0;
    for (int i = 0; i < sweep.size(); i++) {
      long correctBelow = i == 0 ? 0 : sweep.correct()[i - 1];
      long unknownHere = (long) sweep.unknown()[i] - (i == 0 ? 0 : sweep.unknown()[i - 1]);
      halfPairs += unknownHere * (correctBelow + sweep.correct()[i]);
    }
    return halfPairs / (2.0 * sweep.knownImages() * sweep.unknownImages());
  }

  /**
   * OSCR as the evaluation code released with ARPL computes it, for comparison with published
   * tables only; it is not the area under the curve.
   *
   * <p>That code sorts the n = Nk + Nu images by confidence upwards (equal ones in file order,
   * known before unknown), and for i = 0 .. n-2 joins the points with {@code FPR = unknown images
   * from i on / Nu} and {@code CCR = correct known images from i+1 on / Nk}, followed by (0, 0), by
   * trapezoids. The two indices differ by one, so perfect separation of 3 known and 2 unknown
   * images gives 11/12 instead of 1; and with equal scores the result depends on file order.
   *
   * <p>Source: the behaviour of the code of Chen et al., "Adversarial Reciprocal Points Learning
   * for Open Set Recognition", TPAMI 2022. Parameters and errors as {@link #of(double[], double[],
   * boolean[])}.
   */
  public static double arplCompatible(double[] known, double[] unknown, boolean[] correct) {
    Sweep checked = Sweep.of(known, unknown, correct);
    int[] order = byConfidence(known, unknown);
    long correctFromNext = checked.correct()[checked.size() - 1];
    long unknownFrom = unknown.length;
    double area = 0;
    double lastFpr = 1;
    double lastCcr = 1;
    for (int i = 0; i < order.length - 1; i++) {
      boolean isKnown = order[i] < known.length;
      correctFromNext -= isKnown && correct[order[i]] ? 1 : 0;
      double fpr = (double) unknownFrom / unknown.length;
      double ccr = (double) correctFromNext / known.length;
      area += (lastFpr - fpr) * (lastCcr + ccr) / 2;
      lastFpr = fpr;
      lastCcr = ccr;
      unknownFrom -= isKnown ? 0 : 1;
    }
    return area + lastFpr * lastCcr / 2;
  }

  /** Indices into known ++ unknown, most unknown first; stable, so file order breaks ties. */
  private static int[] byConfidence(double[] known, double[] unknown) {
    double[] all = Arrays.copyOf(known, known.length + unknown.length);
    System.arraycopy(unknown, 0, all, known.length, unknown.length);
    Comparator<Integer> mostUnknownFirst = Comparator.comparingDouble(i -> -all[i] + 0.0);
    return IntStream.range(0, all.length)
        .boxed()
        .sorted(mostUnknownFirst)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
