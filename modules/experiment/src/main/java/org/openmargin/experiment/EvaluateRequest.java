package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.experiment.sets.SetRequest;
import org.openmargin.experiment.wiring.ScorerChoice;

/**
 * What to evaluate besides the test images and the deciding scorer.
 *
 * @param scorers to report
 * @param sets images besides the test images
 */
public record EvaluateRequest(ScorerChoice scorers, SetRequest sets) {
  /** The experiment's scorers, no folders. */
  public static final EvaluateRequest DEFAULT =
      new EvaluateRequest(new ScorerChoice.OfExperiment(), SetRequest.DEFAULT);

  /** The same with other folders of foreign images. */
  public EvaluateRequest withForeign(List<Path> folders) {
    return new EvaluateRequest(scorers, sets.withForeign(folders));
  }

  /** The same with other folders of shifted images. */
  public EvaluateRequest withShifted(List<Path> folders) {
    return new EvaluateRequest(scorers, sets.withShifted(folders));
  }
}
