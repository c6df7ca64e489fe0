package org.openmargin.experiment;

import org.openmargin.config.v1.EvaluationReport;

/** What one way of scoring makes of a trained run. */
public sealed interface ScoringOutcome {

  /** The evaluation, with foreign images. */
  record Evaluated(EvaluationReport report) implements ScoringOutcome {}

  /** This network or these images cannot be scored so. */
  record Refused(String reason) implements ScoringOutcome {}
}
