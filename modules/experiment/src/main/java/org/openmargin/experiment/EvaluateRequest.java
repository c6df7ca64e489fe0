package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.experiment.wiring.ScorerChoice;

/**
 * What to evaluate besides the test images and the deciding scorer.
 *
 * @param scorers to report
 * @param foreign folders of images that should be rejected: each sub-folder is a group, and so are
 *     the files directly in a folder
 */
public record EvaluateRequest(ScorerChoice scorers, List<Path> foreign) {
  /** The experiment's scorers, no folders. */
  public static final EvaluateRequest DEFAULT =
      new EvaluateRequest(new ScorerChoice.OfExperiment(), List.of());

  public EvaluateRequest {
    foreign = List.copyOf(foreign);
  }

  /** The same with other folders of foreign images. */
  public EvaluateRequest withForeign(List<Path> folders) {
    return new EvaluateRequest(scorers, folders);
  }
}
