package org.openmargin.cli.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.data.DataException;
import org.openmargin.scoring.csv.ScoresCsv;

/**
 * A CSV file of answers.
 *
 * @param path of the file; {@code -} is standard input
 */
record AnswerFile(Path path) {

  /**
   * @throws DataException if it cannot be read; the message names line and column
   */
  ScoresCsv.Answers read(ScoresCsv.Columns columns) {
    try {
      if (path.toString().equals("-")) {
        return ScoresCsv.read(System.in, "standard input", columns);
      }
      if (!Files.exists(path) || Files.isDirectory(path)) {
        throw new DataException(
            path + (Files.exists(path) ? " is a folder; name a CSV file" : ": no such file"));
      }
      try (var in = Files.newInputStream(path)) {
        return ScoresCsv.read(in, path.toString(), columns);
      }
    } catch (IOException e) {
      throw new DataException(e.getMessage(), e);
    }
  }
}
