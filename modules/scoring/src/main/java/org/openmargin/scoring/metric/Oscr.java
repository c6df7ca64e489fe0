package org.openmargin.scoring.metric;

import java.util.BitSet;
import org.openmargin.scoring.UnknownScores;

/**
 * Open-set classification rate: the area under the curve of CCR against FPR, where CCR is the
 * fraction of known images that are accepted and correctly classified and FPR the fraction of
 * unknown images that are accepted.
 *
 * <p>Source: Dhamija, Guenther, Boult, "Reducing Network Agnostophobia", NeurIPS 2018; as a
 * pairwise mean: Wang et al., "OpenAUC", NeurIPS 2022, equation 7.
 */
final class Oscr {
  private Oscr() {}

  /**
   * The exact area: mean over (known, unknown) pairs of {@code 1[correct] (1[k < u] + 0.5 1[k =
   * u])}; the trapezoid of the CCR-FPR curve with equal scores grouped, ending at (1, ACC). In [0,
   * min(AUROC, ACC)].
   */
  static double of(Sweep sweep) {
    return sweep.shareOfPairs(sweep.correct());
  }

  /**
   * OSCR as the evaluation code released with ARPL computes it, for comparison with published
   * tables only; it is not the area under the curve.
   *
   * <p>That code sorts the n = Nk + Nu images by confidence upwards (equal ones in no defined
   * order; here in file order, known before unknown), and for i = 0 .. n-2 joins the points with
   * {@code FPR = unknown images from i on / Nu} and {@code CCR = correct known images from i+1 on /
   * Nk}, followed by (0, 0), by trapezoids. The two indices differ by one, so perfect separation of
   * 3 known and 2 unknown images gives 11/12 instead of 1; and with equal scores the result depends
   * on their order.
   *
   * <p>Source: the behaviour of the code of Chen et al., "Adversarial Reciprocal Points Learning
   * for Open Set Recognition", TPAMI 2022.
   *
   * <p>Each unknown image contributes the mean of the CCR before and after the image that follows
   * it in that order. Among images with one score only the first known one can follow an unknown
   * image (of the next higher score), so nothing else depends on the order within a score.
   */
  static double arplCompatible(Sweep sweep, UnknownScores scores) {
    var firstIsCorrect = firstIsCorrect(sweep, scores);
    long halfPairs = 0;
    for (int i = 1; i < sweep.size(); i++) {
      long unknownHere = Sweep.at(sweep.unknown(), i);
      halfPairs += 2 * unknownHere * sweep.correct()[i - 1];
      halfPairs -= unknownHere > 0 && firstIsCorrect[i - 1] ? 1 : 0;
    }
    return halfPairs / (2.0 * sweep.knownImages() * sweep.unknownImages());
  }

  /**
   * For each distinct score, whether the first known image in file order that has it is correct;
   * false where no unknown image has the next score, because that entry is never used.
   */
  private static boolean[] firstIsCorrect(Sweep sweep, UnknownScores scores) {
    var first = new boolean[sweep.size()];
    var mixed = new BitSet(sweep.size());
    for (int i = 0; i < sweep.size() - 1; i++) {
      int right = Sweep.at(sweep.correct(), i);
      if (right > 0 && Sweep.at(sweep.unknown(), i + 1) > 0) {
        first[i] = true;
        mixed.set(i, right < Sweep.at(sweep.known(), i));
      }
    }
    var open = ScoreTable.of(sweep.scores(), mixed);
    for (int image = 0; open.size() > 0; image++) {
      int i = open.remove(scores.known()[image] + 0.0);
      if (i != ScoreTable.ABSENT) {
        first[i] = scores.correct()[image];
      }
    }
    return first;
  }
}
