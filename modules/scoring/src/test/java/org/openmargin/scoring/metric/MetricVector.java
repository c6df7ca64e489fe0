package org.openmargin.scoring.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reference values of the metrics: small sets of class confidences, and what scikit-learn, OpenOOD
 * and the evaluation code released with ARPL gave for them.
 */
@SuppressWarnings("ArrayRecordComponent") // literals
record MetricVector(
    String name, double[][] known, double[][] unknown, int[] labels, Expected expected) {

  /** ACC and AUROC as fractions; the CCR are at FPR 0.1, 0.25 and 0.5; DTACC in per cent. */
  record Expected(double acc, double auroc, Oscrs oscr, Detection detection, Curve curve) {}

  record Oscrs(double exact, double arpl) {}

  @SuppressWarnings("ArrayRecordComponent") // literals
  record Detection(
      double auprKnown, double auprUnknown, double fpr95, double arplDtacc, double[] ccr) {}

  @SuppressWarnings("ArrayRecordComponent") // literals
  record Curve(double[] fpr, double[] ccr) {}

  static List<MetricVector> all() {
    return List.of(noTies(), saturatedSoftmax(), perfect());
  }

  double[] knownScores() {
    return unknownScores(known);
  }

  double[] unknownScores() {
    return unknownScores(unknown);
  }

  boolean[] correct() {
    var correct = new boolean[labels.length];
    for (int i = 0; i < correct.length; i++) {
      var row = known[i];
      int best = IntStream.range(0, row.length).reduce(0, (a, b) -> row[b] > row[a] ? b : a);
      correct[i] = best == labels[i];
    }
    return correct;
  }

  @Override
  public String toString() {
    return name;
  }

  /** The unknown score of the vectors is minus the largest confidence. */
  private static double[] unknownScores(double[][] rows) {
    var scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[i] = -Arrays.stream(rows[i]).max().orElseThrow();
    }
    return scores;
  }

  private static MetricVector noTies() {
    return new MetricVector(
        "metrics_A_no_ties",
        new double[][] {
          {0.9, 0.05, 0.05},
          {0.1, 0.8, 0.1},
          {0.15, 0.15, 0.7},
          {0.6, 0.3, 0.1},
          {0.35, 0.55, 0.1},
          {0.48, 0.4, 0.12},
          {0.2, 0.34, 0.46},
          {0.95, 0.03, 0.02}
        },
        new double[][] {
          {0.4, 0.35, 0.25},
          {0.52, 0.28, 0.2},
          {0.33, 0.33, 0.34},
          {0.1, 0.85, 0.05},
          {0.3, 0.45, 0.25}
        },
        new int[] {0, 1, 2, 0, 0, 1, 2, 0},
        new Expected(
            0.75,
            0.8,
            new Oscrs(0.625, 0.6),
            new Detection(
                0.8372519841269841,
                0.812121212121212,
                0.75,
                80.0,
                new double[] {0.25, 0.625, 0.75}),
            new Curve(
                new double[] {0.0, 0.0, 0.0, 0.2, 0.2, 0.2, 0.2, 0.2, 0.4, 0.4, 0.4, 0.6, 0.8, 1.0},
                new double[] {
                  0.0, 0.125, 0.25, 0.25, 0.375, 0.5, 0.625, 0.625, 0.625, 0.625, 0.75, 0.75, 0.75,
                  0.75
                })));
  }

  private static MetricVector saturatedSoftmax() {
    return new MetricVector(
        "metrics_B_ties_saturated_softmax",
        new double[][] {
          {1.0, 0.0, 0.0},
          {1.0, 0.0, 0.0},
          {0.0, 1.0, 0.0},
          {0.0, 0.0, 1.0},
          {0.6, 0.4, 0.0},
          {0.5, 0.3, 0.2}
        },
        new double[][] {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.6, 0.4, 0.0}, {0.4, 0.3, 0.3}},
        new int[] {0, 0, 1, 1, 0, 0},
        new Expected(
            0.8333333333333334,
            0.6041666666666666,
            new Oscrs(0.47916666666666663, 0.29166666666666663),
            new Detection(0.7708333333333333, 0.6, 1.0, 62.5, new double[] {0.0, 0.0, 0.0}),
            new Curve(
                new double[] {0.0, 0.5, 0.75, 0.75, 1.0},
                new double[] {
                  0.0, 0.5, 0.6666666666666666, 0.8333333333333334, 0.8333333333333334
                })));
  }

  private static MetricVector perfect() {
    return new MetricVector(
        "metrics_C_perfect",
        new double[][] {{0.9, 0.1}, {0.8, 0.2}, {0.3, 0.7}},
        new double[][] {{0.55, 0.45}, {0.5, 0.5}},
        new int[] {0, 0, 1},
        new Expected(
            1.0,
            1.0,
            new Oscrs(1.0, 0.9166666666666666),
            new Detection(1.0, 1.0, 0.0, 100.0, new double[] {1.0, 1.0, 1.0}),
            new Curve(
                new double[] {0.0, 0.0, 0.0, 0.0, 0.5, 1.0},
                new double[] {0.0, 0.3333333333333333, 0.6666666666666666, 1.0, 1.0, 1.0})));
  }
}
