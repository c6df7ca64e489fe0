package org.openmargin.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.config.JsonProblem;
import org.openmargin.config.plan.TrialName;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.report.ReportException;

/** All results of a plan in one JSON Lines file, one trial per line. */
final class PackedResults {
  private PackedResults() {}

  /**
   * Reads a packed file; empty if there is none.
   *
   * @return by trial, in the order of the lines
   * @throws ReportException if a line is damaged, belongs to another plan, or repeats a trial
   */
  static Map<TrialName, StoredResult> read(Path file, String plan, ResultFormat format) {
    var results = new LinkedHashMap<TrialName, StoredResult>();
    for (var text : ResultFormat.content(file).stream().flatMap(String::lines).toList()) {
      var stored = stored(file, results.size() + 1, text, format);
      if (!stored.result().getPlan().equals(plan)) {
        throw new ReportException(
            "%s: result of plan %s, not of %s"
                .formatted(stored.place(), stored.result().getPlan(), plan));
      }
      var name = ResultCheck.name(stored.result());
      if (results.put(name, stored) != null) {
        throw new ReportException("%s: a second result of %s".formatted(stored.place(), name));
      }
    }
    return results;
  }

  private static StoredResult stored(Path file, int line, String text, ResultFormat format) {
    var result = TrialResult.newBuilder();
    try {
      format.readJson(text, result);
    } catch (IOException e) {
      var problem = text.isBlank() ? "it is empty" : JsonProblem.ofLine(e);
      throw new ReportException("%s, line %d is damaged: %s".formatted(file, line, problem), e);
    }
    return new StoredResult(file, line, SignificantDigits.round(result.build()), "");
  }

  static void write(Path file, Collection<TrialResult> results) {
    try {
      AtomicTextFile.write(
          file,
          writer -> {
            for (var result : results) {
              writer.write(ResultFormat.json(result) + "\n");
            }
          });
    } catch (IOException e) {
      throw new RunException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }
}
