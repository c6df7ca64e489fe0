package org.openmargin.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.config.v1.DataAuditReport;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.report.plot.FailurePicture;
import org.openmargin.report.plot.Markup;

/**
 * The report of an evaluation as one HTML file: style and figures are embedded, and it fetches
 * nothing, so it can be mailed, archived and opened offline. Its one script moves a threshold;
 * without scripts all else is there. It is well-formed XML, and all text is escaped. The templates
 * are in {@code src/main/jte}.
 */
public final class EvaluationHtml {
  /** Images of a page, at most 128 px large: together below 5 MB. */
  private static final int MOST_IMAGES = 64;

  private static final int MOST_OF_A_KIND = 8;

  private EvaluationHtml() {}

  /**
   * Writes or replaces {@code report.html} of a run, atomically.
   *
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(EvaluatedRun run) throws IOException {
    write(run.files().report(), run);
  }

  /** Writes the report to a file in an existing folder. */
  public static void write(Path file, EvaluatedRun run) throws IOException {
    write(file, run, Map.of());
  }

  /**
   * Writes the report with images of wrong answers.
   *
   * @param pictures of those of {@link #pictured}, by id of the image; none for a page without
   *     images
   */
  public static void write(Path file, EvaluatedRun run, Map<String, FailurePicture> pictures)
      throws IOException {
    var html = render(run, pictures);
    AtomicTextFile.write(file, writer -> writer.write(html));
  }

  /** The answers whose images a report can show: wrong ones, and some of each class. */
  public static List<TestAnswer> pictured(EvaluatedRun run) {
    var examples = new ClassExamples(run).rows().stream().flatMap(row -> row.first().stream());
    return Stream.concat(shown(run).shown().stream(), examples).distinct().toList();
  }

  /** The wrong answers whose images a report can show. */
  static FailureAnalysis shown(EvaluatedRun run) {
    var kinds = new FailureAnalysis(run, 1, Optional.empty()).kinds().size();
    var most = Math.max(1, Math.min(MOST_OF_A_KIND, MOST_IMAGES / Math.max(1, kinds)));
    return new FailureAnalysis(run, most, Optional.empty());
  }

  /**
   * Writes every chart of a run's report, or of the comparison of several runs, as an SVG and a CSV
   * file of its own.
   *
   * @param folder made if it does not exist
   * @return the files
   */
  public static List<Path> writeFigures(Path folder, List<EvaluatedRun> runs) throws IOException {
    var figures =
        runs.size() == 1
            ? new RunFigures(runs.get(0)).all()
            : new Comparison(runs, folder.resolve("comparison.html")).figures();
    Files.createDirectories(folder);
    var files = new ArrayList<Path>();
    for (var figure : figures) {
      var svg = figure.svg();
      var csv = figure.csv();
      files.add(folder.resolve(figure.name() + ".svg"));
      AtomicTextFile.write(files.get(files.size() - 1), writer -> writer.write(svg));
      files.add(folder.resolve(figure.name() + ".csv"));
      AtomicTextFile.write(files.get(files.size() - 1), writer -> writer.write(csv));
    }
    return List.copyOf(files);
  }

  /** Writes a page with one row per run and links to the reports. */
  public static void writeComparison(Path file, List<EvaluatedRun> runs) throws IOException {
    var html = renderComparison(file, runs);
    AtomicTextFile.write(file, writer -> writer.write(html));
  }

  /**
   * Writes the analysis of failures.
   *
   * @param pictures by id of the image; may lack any
   */
  public static void writeFailures(
      Path file, FailureAnalysis failures, Map<String, FailurePicture> pictures)
      throws IOException {
    var html = renderFailures(failures, pictures);
    AtomicTextFile.write(file, writer -> writer.write(html));
  }

  /**
   * Writes the findings of an audit as a page of their own.
   *
   * @param pictures by {@link org.openmargin.report.audit.AuditSection#key}; may lack any
   */
  public static void writeAudit(
      Path file, DataAuditReport report, Map<String, FailurePicture> pictures) throws IOException {
    var html = Markup.of(output -> JteauditpageGenerated.render(output, null, report, pictures));
    AtomicTextFile.write(file, writer -> writer.write(html));
  }

  static String renderFailures(FailureAnalysis failures, Map<String, FailurePicture> pictures) {
    return Markup.of(output -> JtefailuresGenerated.render(output, null, failures, pictures));
  }

  static String render(EvaluatedRun run) {
    return render(run, Map.of());
  }

  private static String render(EvaluatedRun run, Map<String, FailurePicture> pictures) {
    return Markup.of(output -> JtereportGenerated.render(output, null, run, pictures));
  }

  static String renderComparison(Path file, List<EvaluatedRun> runs) {
    var comparison = new Comparison(runs, file);
    return Markup.of(output -> JtecomparisonGenerated.render(output, null, comparison));
  }
}
