package org.openmargin.report;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;

/**
 * Everything that a report shows, read from the files of a run; no images, checkpoint or network
 * are needed.
 *
 * @param answers to every test image, in the order of the file
 * @param columns more about each answer
 * @param training loss, accuracy and rate during training
 * @param recorded test figures during training, for the record only; empty if not recorded
 * @param experiment the resolved experiment; empty if the folder lacks it, or it is of another
 *     version
 */
public record EvaluatedRun(
    ResultFiles files,
    EvaluationReport evaluation,
    List<TestAnswer> answers,
    AnswerColumns columns,
    Provenance provenance,
    TrainingLog training,
    List<RecordedEpoch> recorded,
    Optional<ExperimentConfig> experiment) {

  /** Refuses answers that do not belong to the evaluation. */
  public EvaluatedRun {
    answers = List.copyOf(answers);
    recorded = List.copyOf(recorded);
    new Agreement(files, evaluation, answers).require(columns);
  }

  /**
   * Reads evaluation.json, predictions.csv, provenance.json and, if present, metrics.jsonl,
   * epoch-curve.jsonl and experiment.textproto.
   *
   * @throws ReportException if one is missing or damaged, or they belong to different evaluations
   */
  public static EvaluatedRun read(Path folder) {
    var files = new ResultFiles(folder);
    var evaluation = files.readEvaluation();
    var answers = TestAnswer.read(files, evaluation.getKnownClassesCount());
    return new EvaluatedRun(
        files,
        evaluation,
        answers,
        AnswerColumns.read(files, evaluation, answers),
        files.readProvenance(),
        TrainingLog.read(files.metrics()),
        RecordedEpoch.read(files.epochCurve()),
        files.readExperiment());
  }

  List<TrainingLog.Epoch> epochs() {
    return training.epochs();
  }

  /** The deciding scorer first, then those of the experiment, up to a number. */
  List<String> comparedScorers(int most) {
    var wanted =
        experiment.stream()
            .flatMap(e -> e.getScoring().getScorersList().stream())
            .map(scorer -> scorer.name().toLowerCase(Locale.ROOT));
    var names = Stream.concat(Stream.of(evaluation.getSelectedScorer()), wanted);
    return Stream.concat(names, columns.scores().keySet().stream())
        .filter(columns.scores()::containsKey)
        .distinct()
        .limit(most)
        .toList();
  }

  /** Whether there are unknown test images; without them no open-set figure is measured. */
  boolean isOpen() {
    return evaluation.getCounts().getUnknownTest() > 0;
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

  /** Share of known test images that it rejects; empty in older results. */
  OptionalDouble knownRejected(EvaluationReport.Threshold threshold) {
    return threshold.hasKnownRejectionRate()
        ? OptionalDouble.of(threshold.getKnownRejectionRate())
        : decided(threshold, evaluation.getDecision().getKnownRejectionRate());
  }

  /** The same of unknown test images. */
  OptionalDouble unknownRejected(EvaluationReport.Threshold threshold) {
    return threshold.hasUnknownRejectionRate()
        ? OptionalDouble.of(threshold.getUnknownRejectionRate())
        : decided(threshold, evaluation.getDecision().getUnknownRejectionRate());
  }

  private OptionalDouble decided(EvaluationReport.Threshold threshold, double rate) {
    return decides(threshold) ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  boolean decides(EvaluationReport.Threshold threshold) {
    return threshold.getAlpha() == evaluation.getDecision().getAlpha();
  }
}
