package org.openmargin.scoring.metric;

/**
 * How well the unknown score finds wrong answers: two areas under risk-coverage curves, lower is
 * better. Images are accepted in order of increasing unknown score; coverage is the fraction
 * accepted, and a failure is an accepted image with a wrong answer. Exact on ties, O(n log n).
 *
 * @param aurc {@code 1/n sum_j r(s_j)}, where {@code r(t)} is the fraction of failures among the
 *     images whose unknown score is at most t: the mean risk over the thresholds at every image; in
 *     [0, 1]. Source: Geifman, Uziel, El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep
 *     Neural Classifiers", ICLR 2019. Implementations that join the points by trapezoids differ by
 *     about 1/n
 * @param augrc area under generalized risk (failures of all images, {@code coverage r}) over
 *     coverage, trapezoids from (0, 0): the risk that an image fails and is accepted, at a coverage
 *     drawn at random; in [0, 1/2]. With failure rate e and the AUROC A of telling failures from
 *     right answers it equals {@code e (1 - e) (1 - A) + e^2 / 2}. Source: Traub et al.,
 *     "Overcoming Common Flaws in the Evaluation of Selective Classification Systems", NeurIPS 2024
 */
record RiskCoverage(double aurc, double augrc) {

  /**
   * Over known and unknown images: an unknown image is a failure whenever it is accepted, a known
   * one when its class is wrong.
   */
  static RiskCoverage of(Sweep sweep) {
    var areas = new Areas();
    for (int i = 0; i < sweep.size(); i++) {
      long unknown = sweep.unknown()[i];
      areas.add(sweep.known()[i] + unknown, sweep.known()[i] - sweep.correct()[i] + unknown);
    }
    return areas.total();
  }

  /** Over known images only (closed set): does the score find misclassified images? */
  static RiskCoverage ofKnown(Sweep sweep) {
    var areas = new Areas();
    for (int i = 0; i < sweep.size(); i++) {
      if (Sweep.at(sweep.known(), i) > 0) {
        areas.add(sweep.known()[i], (long) sweep.known()[i] - sweep.correct()[i]);
      }
    }
    return areas.total();
  }

  /** Both areas so far; coverage and risk are counted in images. */
  private static final class Areas {
    private double risk;
    private double doubledGeneralizedRisk;
    private long accepted;
    private long failures;

    void add(long acceptedHere, long failuresHere) {
      long more = acceptedHere - accepted;
      risk += more * ((double) failuresHere / acceptedHere);
      doubledGeneralizedRisk += (double) more * (failures + failuresHere);
      accepted = acceptedHere;
      failures = failuresHere;
    }

    RiskCoverage total() {
      return new RiskCoverage(
          risk / accepted, doubledGeneralizedRisk / (2.0 * accepted * accepted));
    }
  }
}
