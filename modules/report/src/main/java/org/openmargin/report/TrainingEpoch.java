package org.openmargin.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.config.JsonProblem;
import org.openmargin.files.FileErrors;

/**
 * Measurements after an epoch.
 *
 * @param epoch from 1
 * @param loss mean training loss since the previous validation
 * @param accuracy on known validation images
 */
record TrainingEpoch(int epoch, double loss, double accuracy) {

  /** The fields of a line that are needed here. */
  private record Line(String kind, Integer epoch, Double loss, Double accuracy) {}

  /**
   * Reads {@code metrics.jsonl}; empty if there is no such file. A last line without a line end is
   * ignored, because a process was killed while writing it.
   */
  static List<TrainingEpoch> read(Path file) {
    var epochs = new ArrayList<TrainingEpoch>();
    if (!Files.exists(file)) {
      return epochs;
    }
    var number = 0;
    try {
      var text = Files.readString(file);
      for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        number++;
        parse(line).ifPresent(epochs::add);
      }
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + FileErrors.reason(e), e);
    } catch (JsonParseException e) {
      throw new ReportException(
          "%s:%d is damaged: %s; delete the file to report without training curves"
              .formatted(file, number, JsonProblem.ofLine(e)),
          e);
    }
    return epochs;
  }

  private static Optional<TrainingEpoch> parse(String text) {
    var line = new Gson().fromJson(text, Line.class);
    if (line != null && "train".equals(line.kind())) {
      return Optional.empty();
    }
    if (line == null
        || Stream.of(line.epoch(), line.loss(), line.accuracy()).anyMatch(Objects::isNull)) {
      throw new JsonParseException("the line of a validation needs epoch, loss and accuracy");
    }
    return Optional.of(new TrainingEpoch(line.epoch(), line.loss(), line.accuracy()));
  }
}
