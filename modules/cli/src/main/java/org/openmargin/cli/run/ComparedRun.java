package org.openmargin.cli.run;

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
 * @param answers to the test images; empty without images of unknown classes
 */
record ComparedRun(
    String folder,
    EvaluationReport evaluation,
    ExperimentConfig experiment,
    Optional<ScoresCsv.Answers> answers) {

  static ComparedRun of(EvaluatedRun run) {
    var folder = run.files().folder();
    var experiment =
        Experiments.readWithoutPlaces(folder.resolve("experiment.textproto"), List.of());
    return new ComparedRun(
        folder.toString(),
        run.evaluation(),
        experiment,
        run.evaluation().hasOpenSetNotMeasured() ? Optional.empty() : Optional.of(answers(run)));
  }

  private static ScoresCsv.Answers answers(EvaluatedRun run) {
    var file = run.files().predictions();
    try (var in = Files.newInputStream(file)) {
      return ScoresCsv.read(in, file.toString(), ScoresCsv.Columns.USUAL);
    } catch (IOException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** Whether both were tested on the same images, in the same order. */
  boolean isTestedLike(ComparedRun other) {
    return answers.isPresent()
        && other.answers.isPresent()
        && answers.get().labels().equals(other.answers.get().labels());
  }
}
