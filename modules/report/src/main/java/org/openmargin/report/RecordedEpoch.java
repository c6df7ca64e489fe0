package org.openmargin.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.openmargin.config.JsonProblem;
import org.openmargin.files.FileErrors;

/**
 * Test figures after an epoch, for the record only. No module can use them but this one, so that
 * nothing is chosen by them.
 *
 * @param epoch from 1
 * @param acc accuracy on known test images
 * @param scorer the deciding one
 * @param auroc by name of the scorer
 * @param oscr by name of the scorer
 */
record RecordedEpoch(
    int epoch, double acc, String scorer, Map<String, Double> auroc, Map<String, Double> oscr) {

  private record Line(
      Integer epoch,
      Double acc,
      String scorer,
      Map<String, Double> auroc,
      Map<String, Double> oscr) {
    RecordedEpoch checked() {
      if (Stream.of(epoch, acc, scorer, auroc, oscr).anyMatch(Objects::isNull)
          || !(auroc.isEmpty() || auroc.containsKey(scorer))
          || !oscr.keySet().equals(auroc.keySet())) {
        throw new JsonParseException(
            "a line needs epoch, acc, scorer, and auroc and oscr of the scorers");
      }
      return new RecordedEpoch(epoch, acc, scorer, auroc, oscr);
    }
  }

  /**
   * Reads {@code epoch-curve.jsonl}; empty if there is no such file. A last line without a line end
   * is ignored, because a process was killed while writing it.
   */
  static List<RecordedEpoch> read(Path file) {
    var epochs = new ArrayList<RecordedEpoch>();
    if (!Files.exists(file)) {
      return epochs;
    }
    var number = 0;
    try {
      var text = Files.readString(file);
      for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        number++;
        var epoch = parse(line);
        // Without unknown test images there is nothing to record but accuracy.
        if (!epoch.auroc().isEmpty()) {
          epochs.add(epoch);
        }
      }
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + FileErrors.reason(e), e);
    } catch (JsonParseException e) {
      throw damaged(file, number, JsonProblem.ofLine(e), e);
    } catch (NumberFormatException e) {
      throw damaged(file, number, "a number is wrong: " + e.getMessage(), e);
    }
    return epochs;
  }

  private static ReportException damaged(Path file, int line, String why, RuntimeException cause) {
    return new ReportException(
        "%s:%d is damaged: %s; delete the file to report without the epoch curve"
            .formatted(file, line, why),
        cause);
  }

  private static RecordedEpoch parse(String text) {
    var line = new Gson().fromJson(text, Line.class);
    if (line == null) {
      throw new JsonParseException("an empty line");
    }
    return line.checked();
  }
}
