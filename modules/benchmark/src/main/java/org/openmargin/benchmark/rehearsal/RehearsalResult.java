package org.openmargin.benchmark.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.RehearsalReport;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;

/** All figures of a rehearsal and the chosen experiment. */
public final class RehearsalResult {
  private final RehearsalReport report;
  private final String experiment;
  private final Path work;

  private RehearsalResult(RehearsalReport report, String experiment, Path work) {
    this.report = report;
    this.experiment = experiment;
    this.work = work;
  }

  /**
   * @param written turns the chosen experiment into the one to write
   */
  static RehearsalResult of(
      Design design,
      Measurements measured,
      List<String> remarks,
      Path work,
      UnaryOperator<ExperimentConfig> written) {
    var ranking = Ranking.of(measured.figures());
    var said = new ArrayList<>(remarks);
    if (!ranking.passesForeign()) {
      said.add(
          "No candidate of enough accuracy rejects 95 % of every generated kind of foreign images; that rule was dropped.");
    }
    var report = new ReportWriter(design, ranking).report(measured.results(), said);
    var chosen = written.apply(ranking.chosen().candidate().experiment());
    var text = new ChosenExperiment(report).text(chosen);
    return new RehearsalResult(report, text, work);
  }

  /**
   * A candidate's line in a table; shares are fractions.
   *
   * @param note why it could not be chosen, or "chosen"
   */
  public record Row(
      String training,
      String scoring,
      double meanRank,
      double meanAuroc,
      double worstAuroc,
      double unknownRejected,
      double knownRejected,
      double acc,
      double worstForeignRejected,
      String note) {}

  /** All candidates, the best rank first. */
  public List<Row> rows() {
    return IntStream.range(0, report.getCandidatesCount()).mapToObj(this::row).toList();
  }

  private Row row(int index) {
    var c = report.getCandidates(index);
    return new Row(
        c.getTraining(),
        c.getScoring(),
        c.getMeanRank(),
        c.getMeanAuroc(),
        c.getWorstAuroc(),
        c.getUnknownRejected(),
        c.getKnownRejected(),
        c.getAcc(),
        c.getWorstForeignRejected(),
        index == report.getChosen() ? "chosen" : c.getExcluded());
  }

  /** Index of the chosen row. */
  public int chosen() {
    return report.getChosen();
  }

  /** What posed as unknown, in a sentence. */
  public String design() {
    return report.getDesign();
  }

  /** What could not be respected, or was left out; one sentence each. */
  public List<String> remarks() {
    return report.getRemarksList();
  }

  /** The text of rehearsal.json. */
  public String json() {
    return JsonMessage.text(report);
  }

  /** The chosen experiment, as a text proto. */
  public String experiment() {
    return experiment;
  }

  /** Where {@link #write} puts all figures. */
  public Path figures() {
    return work.resolve("rehearsal.json");
  }

  /**
   * Writes rehearsal.json and the chosen experiment.
   *
   * @param file of the experiment
   * @param replace whether to replace another text that is there
   * @throws RunException if there is one, or a file cannot be written
   */
  public void write(Path file, boolean replace) {
    try {
      if (!replace && Files.exists(file) && !Files.readString(file).equals(experiment)) {
        throw exists(file);
      }
      Files.createDirectories(work);
      AtomicTextFile.write(figures(), writer -> writer.write(json()));
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicTextFile.write(file, writer -> writer.write(experiment));
    } catch (IOException e) {
      throw new RunException("cannot write %s: %s".formatted(file, FileErrors.reason(e)), e);
    }
  }

  /** Refuses to replace a file. */
  public static RunException exists(Path file) {
    return new RunException(
        "%s exists: choose another file with --out, or replace it with --force".formatted(file));
  }
}
