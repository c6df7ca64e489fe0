package org.openmargin.scoring.metric;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.scoring.UnknownScores;

/** The points of ROC and CCR-FPR curves, one per distinct score, equal scores grouped. */
public final class OpenSetCurves {
  private OpenSetCurves() {}

  /**
   * ROC with unknown as the positive class, strictest threshold first: x is the fraction of known
   * images rejected, y the fraction of unknown images rejected. From (0, 0) to (1, 1); its area is
   * {@link Auroc}.
   *
   * @param known unknown scores of known images
   * @param unknown unknown scores of unknown images
   * @throws IllegalArgumentException if either side is empty or a score is NaN
   */
  public static List<CurvePoint> roc(double[] known, double[] unknown) {
    var sweep = Sweep.of(known, unknown);
    var points = new ArrayList<CurvePoint>();
    for (int i = sweep.size() - 1; i >= 0; i--) {
      points.add(
          new CurvePoint(
              (double) (sweep.knownImages() - sweep.known()[i]) / sweep.knownImages(),
              (double) (sweep.unknownImages() - sweep.unknown()[i]) / sweep.unknownImages()));
    }
    points.add(new CurvePoint(1, 1));
    return List.copyOf(points);
  }

  /**
   * CCR against FPR, strictest threshold first: x is the fraction of unknown images accepted, y the
   * fraction of known images accepted and correctly classified. From (0, 0) to (1, ACC); its area
   * is {@link Oscr}.
   *
   * @param known unknown scores of known images
   * @param unknown unknown scores of unknown images
   * @param correct per known image, whether its closed-set prediction is right
   * @throws IllegalArgumentException if either side is empty, a score is NaN or lengths differ
   */
  public static List<CurvePoint> ccrFpr(double[] known, double[] unknown, boolean[] correct) {
    var sweep = Sweep.of(known, unknown, correct);
    var points = new ArrayList<CurvePoint>();
    points.add(new CurvePoint(0, 0));
    for (int i = 0; i < sweep.size(); i++) {
      points.add(
          new CurvePoint(
              (double) sweep.unknown()[i] / sweep.unknownImages(),
              (double) sweep.correct()[i] / sweep.knownImages()));
    }
    return List.copyOf(points);
  }

  /**
   * Risk against coverage, strictest threshold first: x is the fraction of all images accepted, y
   * the fraction of failures among them. An accepted unknown image is a failure, and so is an
   * accepted known one whose class is wrong. Its steps enclose the metric AURC.
   *
   * @param scores of known images, and of unknown ones, if there are any
   * @throws IllegalArgumentException if there is no known image or a score is NaN
   */
  public static List<CurvePoint> riskCoverage(UnknownScores scores) {
    var sweep = Sweep.ofKnownAtLeast(scores);
    double images = scores.known().length + scores.unknown().length;
    var points = new ArrayList<CurvePoint>();
    for (int i = 0; i < sweep.size(); i++) {
      int accepted = sweep.known()[i] + sweep.unknown()[i];
      points.add(
          new CurvePoint(accepted / images, (double) (accepted - sweep.correct()[i]) / accepted));
    }
    return List.copyOf(points);
  }
}
