package org.openmargin.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.openmargin.config.JsonProblem;
import org.openmargin.files.FileErrors;

/**
 * What was measured during training.
 *
 * @param epochs validations, in order; empty if not recorded
 * @param steps means over some steps each, in order; empty for short runs
 */
public record TrainingLog(List<Epoch> epochs, List<Step> steps) {

  public TrainingLog {
    epochs = List.copyOf(epochs);
    steps = List.copyOf(steps);
  }

  /**
   * Measurements after an epoch.
   *
   * @param epoch from 1
   * @param step at the end of the epoch; 0 if not recorded
   * @param loss mean training loss since the previous validation
   * @param accuracy on known validation images
   * @param validationLoss on known validation images; empty if not recorded
   */
  record Epoch(int epoch, int step, double loss, double accuracy, OptionalDouble validationLoss) {

    /** Without a step and a validation loss. */
    Epoch(int epoch, double loss, double accuracy) {
      this(epoch, 0, loss, accuracy, OptionalDouble.empty());
    }
  }

  /**
   * @param rate the learning rate
   * @param scale of the logits of a cosine head
   */
  record Step(int step, OptionalDouble rate, OptionalDouble scale) {}

  /** The fields of a line that are needed here. */
  private record Line(
      String kind,
      Integer epoch,
      Integer step,
      Double loss,
      Double accuracy,
      @SerializedName("validation_loss") Double validationLoss,
      @SerializedName("learning_rate") Double rate,
      Double scale) {

    private Epoch validation() {
      if (Stream.of(epoch, loss, accuracy).anyMatch(Objects::isNull)) {
        throw new JsonParseException("the line of a validation needs epoch, loss and accuracy");
      }
      return new Epoch(epoch, step == null ? 0 : step, loss, accuracy, optional(validationLoss));
    }
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Reads {@code metrics.jsonl}; empty if there is no such file. A last line without a line end is
   * ignored, because a process was killed while writing it.
   */
  static TrainingLog read(Path file) {
    var epochs = new ArrayList<Epoch>();
    var steps = new ArrayList<Step>();
    var number = 0;
    try {
      var text = Files.exists(file) ? Files.readString(file) : "";
      for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        number++;
        add(new Gson().fromJson(line, Line.class), epochs, steps);
      }
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + FileErrors.reason(e), e);
    } catch (JsonParseException e) {
      throw damaged(file, number, JsonProblem.ofLine(e), e);
    } catch (NumberFormatException e) {
      throw damaged(file, number, "a number is wrong: " + e.getMessage(), e);
    }
    return new TrainingLog(epochs, steps);
  }

  private static ReportException damaged(Path file, int line, String why, RuntimeException cause) {
    return new ReportException(
        "%s:%d is damaged: %s; delete the file to report without training curves"
            .formatted(file, line, why),
        cause);
  }

  private static void add(Line line, List<Epoch> epochs, List<Step> steps) {
    if (line == null || !"train".equals(line.kind())) {
      epochs.add(Objects.requireNonNullElseGet(line, TrainingLog::empty).validation());
    } else if (line.step() != null) {
      steps.add(new Step(line.step(), optional(line.rate()), optional(line.scale())));
    }
  }

  private static Line empty() {
    return new Line(null, null, null, null, null, null, null, null);
  }
}
