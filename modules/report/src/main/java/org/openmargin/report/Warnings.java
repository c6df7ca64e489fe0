package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.report.plot.Numbers;
import org.openmargin.scoring.calibration.ConformalCalibration;

/** What to know before trusting the figures of a run, the most serious first. */
record Warnings(EvaluatedRun run) {
  /** Below this many validation images the rate at a threshold scatters by points. */
  private static final int FEW_VALIDATION = 200;

  private static final int FEW_TEST = 50;

  List<String> sentences() {
    var sentences = new ArrayList<String>();
    unfinished(sentences);
    sentences.addAll(run.evaluation().getWarningsList());
    unknown(sentences);
    foreign(sentences);
    validation(sentences);
    test(sentences);
    if (run.experiment().isEmpty()) {
      sentences.add(
          "The folder has no experiment.textproto of this version: the settings are not shown.");
    }
    sentences.add(
        "One training with one seed: another seed gives somewhat other figures, and no interval here includes that.");
    return sentences;
  }

  private EvaluationReport evaluation() {
    return run.evaluation();
  }

  private void unfinished(List<String> sentences) {
    if (!evaluation().getUnfinished().isEmpty()) {
      sentences.add(
          text(
              "Unfinished: %s. These are not the figures of the experiment.",
              evaluation().getUnfinished()));
    } else if (run.provenance().getFinished().isEmpty()) {
      sentences.add(
          text(
              "Unfinished: training had not ended at epoch %d. These are not the figures of the experiment.",
              evaluation().getCheckpoint().getEpoch()));
    }
  }

  private void unknown(List<String> sentences) {
    if (!run.isOpen()) {
      sentences.add(
          "There are no unknown test images: nothing here says how many unknown images would be found. openmargin rehearse estimates it from known classes that are held out.");
      return;
    }
    var interval = evaluation().getIntervals().getAuroc();
    var isSaid = evaluation().getWarningsList().stream().anyMatch(w -> w.startsWith("AUROC"));
    if (!isSaid && (interval.hasLow() ? interval.getLow() : evaluation().getAuroc()) <= 0.5) {
      sentences.add(
          text(
              "AUROC %s is not better than chance: the score does not tell unknown images from known ones.",
              Numbers.percent(evaluation().getAuroc())));
    }
  }

  private void foreign(List<String> sentences) {
    var failures = new ForeignTable(evaluation().getForeignList()).failures();
    if (!failures.isEmpty()) {
      sentences.add(
          text(
              "Foreign images are accepted as known in %d of %d groups; worst: %s, %s rejected.",
              failures.size(),
              evaluation().getForeignCount(),
              failures.get(0).getName(),
              Numbers.percent(failures.get(0).getRejectionRate())));
    }
  }

  private void validation(List<String> sentences) {
    var images = run.threshold().getValidationImages();
    var alpha = evaluation().getDecision().getAlpha();
    if (images < FEW_VALIDATION) {
      sentences.add(
          text(
              "The threshold rests on %s of known classes: the share of new known images that it rejects scatters by about %.1f points around %s (two standard deviations).",
              Numbers.images(images),
              200 * Math.sqrt(alpha * (1 - alpha) / (images + 2)),
              Numbers.exactPercent(alpha)));
    }
    var besides =
        evaluation().getSelectedScorer().equals("combination")
            ? " besides those that set the scales of the combination"
            : "";
    for (var missing : evaluation().getUnattainableAlphasList()) {
      sentences.add(
          text(
              "No threshold for %s: %s of known classes would have to set it; there are %s%s.",
              Numbers.exactPercent(missing),
              Numbers.images(ConformalCalibration.leastImages(missing)),
              Numbers.count(images),
              besides));
    }
    if (!new Verdict(evaluation()).agreesWithBound()) {
      sentences.add(
          text(
              "%s of the known test images are rejected, more than %s and chance allow: test and validation images differ.",
              Numbers.percent(evaluation().getDecision().getKnownRejectionRate()),
              Numbers.exactPercent(alpha)));
    }
  }

  private void test(List<String> sentences) {
    var counts = evaluation().getCounts();
    if (counts.getKnownTest() < FEW_TEST) {
      sentences.add(
          "Only " + Numbers.images(counts.getKnownTest()) + " of known classes for the test.");
    }
    if (run.isOpen() && counts.getUnknownTest() < FEW_TEST) {
      sentences.add(
          "Only " + Numbers.images(counts.getUnknownTest()) + " of unknown classes for the test.");
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
