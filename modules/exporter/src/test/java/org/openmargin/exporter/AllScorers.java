package org.openmargin.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.scoring.scorer.Entropy;
import org.openmargin.scoring.scorer.GaussianDensity;
import org.openmargin.scoring.scorer.Gen;
import org.openmargin.scoring.scorer.Knn;
import org.openmargin.scoring.scorer.LinearHead;
import org.openmargin.scoring.scorer.LogitScorers;
import org.openmargin.scoring.scorer.Mahalanobis;
import org.openmargin.scoring.scorer.Odin;
import org.openmargin.scoring.scorer.OpenMax;
import org.openmargin.scoring.scorer.PrototypeDistance;
import org.openmargin.scoring.scorer.React;
import org.openmargin.scoring.scorer.RelativeMahalanobis;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.scorer.TrainingOutputs;
import org.openmargin.scoring.scorer.Vim;

/** Every scorer that a head can have. */
final class AllScorers {
  private AllScorers() {}

  /**
   * @param linear the head, if it is linear
   */
  static List<Scorer> of(TrainingOutputs training, Optional<LinearHead> linear) {
    var head = training.head();
    var all = new ArrayList<Scorer>(LogitScorers.applicableTo(head));
    all.addAll(
        List.of(
            new Entropy(head),
            new Gen(head, 0.1, 2),
            new Odin(head, 1000),
            PrototypeDistance.fit(training),
            Mahalanobis.fit(training),
            RelativeMahalanobis.fit(training),
            GaussianDensity.fit(training, 0.5, 0.01),
            Knn.fit(training, 3),
            OpenMax.fit(training, 20, 3)));
    linear.ifPresent(
        dense ->
            all.addAll(List.of(Vim.fit(training, dense, 0), React.fit(training, dense, 0.9, 1))));
    return List.copyOf(all);
  }
}
