package org.openmargin.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.Provenance;
import org.openmargin.scoring.metric.Auroc;

/**
 * Everything that a report shows, read from the files of a run; no images, checkpoint or network
 * are needed.
 *
 * @param answers to every test image, in the order of the file
 * @param epochs loss and accuracy during training; empty if not recorded
 * @param recorded test figures during training, for the record only; empty if not recorded
 */
public record EvaluatedRun(
    ResultFiles files,
    EvaluationReport evaluation,
    List<TestAnswer> answers,
    Provenance provenance,
    List<TrainingEpoch> epochs,
    List<RecordedEpoch> recorded) {

  /** For rates, which are quotients of the same whole numbers. */
  private static final double ROUNDING = 1e-9;

  /** Refuses answers that do not belong to the evaluation. */
  public EvaluatedRun {
    answers = List.copyOf(answers);
    epochs = List.copyOf(epochs);
    recorded = List.copyOf(recorded);
    requireSelected(files, evaluation);
    requireSame(files, evaluation, answers);
  }

  /**
   * Reads evaluation.json, predictions.csv, provenance.json and, if present, metrics.jsonl.
   *
   * @throws ReportException if one is missing or damaged, or they belong to different evaluations
   */
  public static EvaluatedRun read(Path folder) {
    var files = new ResultFiles(folder);
    var evaluation = files.readEvaluation();
    return new EvaluatedRun(
        files,
        evaluation,
        TestAnswer.read(files, evaluation.getKnownClassesCount()),
        files.readProvenance(),
        TrainingEpoch.read(files.metrics()),
        RecordedEpoch.read(files.epochCurve()));
  }

  /** Whether there are unknown test images; without them no open-set figure is measured. */
  boolean isOpen() {
    return evaluation.getCounts().getUnknownTest() > 0;
  }

  /** What makes the figures doubtful, one sentence each. */
  List<String> doubts() {
    var doubts = new ArrayList<String>();
    if (evaluation.hasUnfinished()) {
      doubts.add("Unfinished: " + evaluation.getUnfinished());
    }
    doubts.addAll(evaluation.getWarningsList());
    return doubts;
  }

  List<ReportedScorer> scorers() {
    return evaluation.getScorersList().stream().map(ReportedScorer::new).toList();
  }

  List<EvaluationReport.Threshold> thresholds() {
    return evaluation.getThresholdsList().stream()
        .sorted(Comparator.comparingDouble(EvaluationReport.Threshold::getAlpha))
        .toList();
  }

  EvaluationReport.Threshold threshold() {
    return thresholds().stream().filter(this::decides).findFirst().orElseThrow();
  }

  boolean decides(EvaluationReport.Threshold threshold) {
    return threshold.getAlpha() == evaluation.getDecision().getAlpha();
  }

  private static void requireSelected(ResultFiles files, EvaluationReport evaluation) {
    if (evaluation.getScorersList().stream()
        .noneMatch(scorer -> scorer.getName().equals(evaluation.getSelectedScorer()))) {
      throw new ReportException(
          "%s selects '%s', which is not among its scorers%s"
              .formatted(files.evaluation(), evaluation.getSelectedScorer(), files.again()));
    }
    var alpha = evaluation.getDecision().getAlpha();
    if (evaluation.getThresholdsList().stream().noneMatch(t -> t.getAlpha() == alpha)) {
      throw new ReportException(
          "%s decides at alpha %s, for which it has no threshold%s"
              .formatted(files.evaluation(), alpha, files.again()));
    }
  }

  private static void requireSame(
      ResultFiles files, EvaluationReport evaluation, List<TestAnswer> answers) {
    var counts = evaluation.getCounts();
    var known = answers.stream().filter(TestAnswer::isKnown).toList();
    var unknown = answers.stream().filter(Predicate.not(TestAnswer::isKnown)).toList();
    if (known.size() != counts.getKnownTest() || unknown.size() != counts.getUnknownTest()) {
      throw new ReportException(
          "%s has %d known and %d unknown test images; evaluation.json has %d and %d%s"
              .formatted(
                  files.predictions(),
                  known.size(),
                  unknown.size(),
                  counts.getKnownTest(),
                  counts.getUnknownTest(),
                  files.again()));
    }
    var decision = evaluation.getDecision();
    if (differ(known, decision.getKnownRejectionRate())
        || (!unknown.isEmpty() && differ(unknown, decision.getUnknownRejectionRate()))) {
      throw new ReportException(
          "%s rejects other images than evaluation.json: they belong to different evaluations%s"
              .formatted(files.predictions(), files.again()));
    }
    var right = known.stream().filter(answer -> answer.prediction() == answer.label()).count();
    if (Math.abs((double) right / known.size() - evaluation.getAcc()) > ROUNDING
        || (!unknown.isEmpty()
            && Math.abs(Auroc.of(scores(known), scores(unknown)) - evaluation.getAuroc())
                > ROUNDING)) {
      throw new ReportException(
          "%s gives another ACC or AUROC than evaluation.json: they belong to different evaluations%s"
              .formatted(files.predictions(), files.again()));
    }
  }

  private static double[] scores(List<TestAnswer> answers) {
    return answers.stream().mapToDouble(TestAnswer::unknownScore).toArray();
  }

  private static boolean differ(List<TestAnswer> answers, double rejectionRate) {
    var rejected = answers.stream().filter(TestAnswer::rejected).count();
    return Math.abs((double) rejected / answers.size() - rejectionRate) > ROUNDING;
  }
}
