package org.openmargin.report.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.DataException;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.scoring.csv.ScoresCsv;

/**
 * A run in a comparison.
 *
 * @param folder as typed
 * @param answers to the test images, of known classes only or of unknown ones, too
 */
public record ComparedRun(
    String folder,
    EvaluationReport evaluation,
    ExperimentConfig experiment,
    ScoresCsv.Answers answers) {

  /**
   * Reads what a comparison needs.
   *
   * @throws DataException if the answers cannot be read
   */
  public static ComparedRun of(EvaluatedRun run) {
    var folder = run.files().folder();
    var experiment =
        Experiments.readWithoutPlaces(folder.resolve("experiment.textproto"), List.of());
    return new ComparedRun(folder.toString(), run.evaluation(), experiment, answers(run));
  }

  private static ScoresCsv.Answers answers(EvaluatedRun run) {
    var file = run.files().predictions();
    try (var in = Files.newInputStream(file)) {
      return ScoresCsv.read(in, file.toString(), ScoresCsv.Columns.USUAL);
    } catch (IOException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  public double acc() {
    return evaluation.getAcc();
  }

  /** Empty if it was not measured. */
  public Optional<Double> auroc() {
    return open(evaluation.getAuroc());
  }

  /** Empty if it was not measured. */
  public Optional<Double> oscr() {
    return open(evaluation.getOscr());
  }

  /** Of the test images, by the decision. */
  public double knownRejected() {
    return evaluation.getDecision().getKnownRejectionRate();
  }

  /** Of the test images, by the decision; empty if it was not measured. */
  public Optional<Double> unknownRejected() {
    return open(evaluation.getDecision().getUnknownRejectionRate());
  }

  private Optional<Double> open(double value) {
    return isOpen() ? Optional.of(value) : Optional.empty();
  }

  /** The settings that are not those of this run, one line each. */
  public List<String> settingsOf(ComparedRun other) {
    return Experiments.diff(experiment, other.experiment);
  }

  /** Whether both were tested on the same images, in the same order. */
  public boolean isTestedLike(ComparedRun other) {
    return answers.labels().equals(other.answers.labels());
  }

  /** Whether images of unknown classes are among them. */
  public boolean isOpen() {
    return !evaluation.hasOpenSetNotMeasured();
  }
}
