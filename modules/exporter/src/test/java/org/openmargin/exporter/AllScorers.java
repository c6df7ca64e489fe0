package org.openmargin.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.scoring.Entropy;
import org.openmargin.scoring.GaussianDensity;
import org.openmargin.scoring.Gen;
import org.openmargin.scoring.Knn;
import org.openmargin.scoring.LinearHead;
import org.openmargin.scoring.LogitScorers;
import org.openmargin.scoring.Mahalanobis;
import org.openmargin.scoring.Odin;
import org.openmargin.scoring.OpenMax;
import org.openmargin.scoring.PrototypeDistance;
import org.openmargin.scoring.React;
import org.openmargin.scoring.RelativeMahalanobis;
import org.openmargin.scoring.Scorer;
import org.openmargin.scoring.TrainingOutputs;
import org.openmargin.scoring.Vim;

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
