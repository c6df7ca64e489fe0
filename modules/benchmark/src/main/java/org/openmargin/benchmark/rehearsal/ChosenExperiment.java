package org.openmargin.benchmark.rehearsal;

import java.util.Locale;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.RehearsalReport;

/** The text of the chosen experiment, with a comment that says how it was chosen. */
record ChosenExperiment(RehearsalReport report) {

  String text(ExperimentConfig experiment) {
    var chosen = report.getCandidates(report.getChosen());
    return """
    # proto-file: openmargin/v1/experiment.proto
    # proto-message: openmargin.v1.ExperimentConfig
    #
    # Chosen by `openmargin rehearse` among %d candidates: %s; %s.
    # %s
    # Criterion: %s.
    # Folds: %d; seeds: %s. AUROC %s (worst %s), %s %% of unknown and %s %% of known images rejected,
    # accuracy %s, %s %% of %s rejected.
    # Images: SHA-256 %s

    """
            .formatted(
                report.getCandidatesCount(),
                chosen.getTraining(),
                chosen.getScoring(),
                report.getDesign(),
                report.getCriterion(),
                report.getFoldsCount(),
                report.getSeedsList(),
                percent(chosen.getMeanAuroc()),
                percent(chosen.getWorstAuroc()),
                percent(chosen.getUnknownRejected()),
                percent(chosen.getKnownRejected()),
                percent(chosen.getAcc()),
                percent(chosen.getWorstForeignRejected()),
                chosen.getWorstForeign(),
                report.getDataSha256())
        + Experiments.print(experiment);
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }
}
