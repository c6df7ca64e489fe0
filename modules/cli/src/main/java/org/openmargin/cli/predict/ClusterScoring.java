package org.openmargin.cli.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.cli.spark.SparkSubmit;
import org.openmargin.data.DataException;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;
import org.openmargin.inference.archive.AnswerFormat;

/**
 * Scores an archive on Spark.
 *
 * @param places of the model and the archive
 */
record ClusterScoring(SparkOptions options, List<Place> places, Place out) {

  /**
   * How it ended.
   *
   * @param code of the process
   * @param reasons files by reason, if it ended well here
   */
  record Outcome(int code, Map<String, Long> reasons) {
    long files() {
      return reasons.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * @throws DataException if the name of the answers is not that of a table
   * @throws RunException if Spark is not there, or a path is not
   */
  Outcome run(String master) {
    if (AnswerFormat.of(Path.of(out.text())) != AnswerFormat.PARQUET) {
      throw new DataException(out + ": with --on the name must end in .parquet");
    }
    var spark = ScoringSubmit.find(System.getenv(), System.getProperties());
    try {
      var summary = Files.createTempFile("openmargin-score", ".txt");
      try {
        var code = SparkSubmit.run(spark.command(master, options.settings(), arguments(summary)));
        return new Outcome(code, reasons(summary));
      } finally {
        Files.deleteIfExists(summary);
      }
    } catch (IOException e) {
      throw new RunException("no file for temporary use: " + FileErrors.reason(e), e);
    }
  }

  private List<String> arguments(Path summary) {
    var arguments = new ArrayList<String>();
    places.forEach(place -> arguments.add(place.existingAddress()));
    arguments.addAll(List.of("--out", out.address(), "--summary", summary.toString()));
    arguments.addAll(options.columns());
    return arguments;
  }

  /** Lines of a code, a blank and a number. */
  private static Map<String, Long> reasons(Path summary) throws IOException {
    var reasons = new TreeMap<String, Long>();
    for (var line : Files.readAllLines(summary)) {
      var words = line.split(" ", -1);
      reasons.put(words[0], Long.valueOf(words[1]));
    }
    return reasons;
  }
}
