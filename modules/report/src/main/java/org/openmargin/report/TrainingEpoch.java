package org.openmargin.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.files.FileErrors;

/**
 * What was measured after an epoch.
 *
 * @param epoch from 1
 * @param loss mean training loss since the validation before
 * @param accuracy on known validation images
 */
record TrainingEpoch(int epoch, double loss, double accuracy) {

  /** A line of the file, as far as it matters here. */
  private record Line(String kind, Integer epoch, Double loss, Double accuracy) {
    boolean isValidation() {
      return "validation".equals(kind);
    }

    boolean isWhole() {
      return kind != null
          && (!isValidation() || (epoch != null && loss != null && accuracy != null));
    }
  }

  /**
   * Reads {@code metrics.jsonl}; empty where there is no such file. A last line without line end
   * does not count: a process was killed while it wrote it.
   */
  static List<TrainingEpoch> read(Path file) {
    var epochs = new ArrayList<TrainingEpoch>();
    if (!Files.exists(file)) {
      return epochs;
    }
    try {
      var text = Files.readString(file);
      var lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      for (var number = 1; number <= lines.size(); number++) {
        var line = parse(file, number, lines.get(number - 1));
        if (line.isValidation()) {
          epochs.add(new TrainingEpoch(line.epoch(), line.loss(), line.accuracy()));
        }
      }
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + FileErrors.reason(e), e);
    }
    return epochs;
  }

  private static Line parse(Path file, int number, String text) {
    try {
      var line = new Gson().fromJson(text, Line.class);
      if (line != null && line.isWhole()) {
        return line;
      }
    } catch (JsonParseException e) {
      throw damaged(file, number, e);
    }
    throw damaged(file, number, new JsonParseException("fields are missing"));
  }

  private static ReportException damaged(Path file, int number, Exception cause) {
    return new ReportException(
        "%s:%d is damaged: a line must be one JSON object with kind, epoch, loss and accuracy; delete the file to do without training curves"
            .formatted(file, number),
        cause);
  }
}
