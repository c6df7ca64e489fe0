package org.openmargin.trainer.listener;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TrainingException;

/**
 * Writes one JSON object per line: {@code "kind":"train"} every few steps, {@code
 * "kind":"validation"} after each validation, where {@code loss} is the mean training loss since
 * the last one and {@code validation_loss} that of {@link Validation#loss}. Resuming removes the
 * lines of steps that will run again, so each step appears once.
 */
public final class MetricsJsonl implements RunListener {
  private final Path file;
  private final BufferedWriter writer;

  /** Appends to {@code file}, removing lines after {@code stepsDone} first. */
  public MetricsJsonl(Path file, long stepsDone) {
    this.file = file;
    try {
      keepUntil(file, stepsDone);
      writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Removes the lines of steps after {@code stepsDone} from a file of JSON objects with steps. */
  public static void keepUntil(Path file, long stepsDone) throws IOException {
    if (Files.exists(file)) {
      var text = Files.readString(file, StandardCharsets.UTF_8);
      var kept =
          text.lines()
              .filter(line -> stepOf(line) <= stepsDone)
              .map(line -> line + "\n")
              .collect(Collectors.joining());
      AtomicTextFile.write(file, writer -> writer.write(kept));
    }
  }

  /** The step of a line. An unfinished line of a killed process belongs to no step: the largest. */
  public static long stepOf(String line) {
    try {
      var fields = JsonParser.parseString(line).getAsJsonObject();
      return fields.has("step") ? fields.get("step").getAsLong() : Long.MAX_VALUE;
    } catch (JsonParseException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void progressed(Progress p) {
    var line = line("train", p.at());
    line.addProperty("loss", p.loss());
    line.addProperty("learning_rate", p.learningRate());
    addHead(line, p.head());
    line.addProperty("images_per_second", Math.round(10 * p.speed().imagesPerSecond()) / 10.0);
    line.addProperty("input_wait", Math.round(1e4 * p.speed().inputWait()) / 1e4);
    write(line);
  }

  @Override
  public void measured(Validation v) {
    var line = line("validation", v.at());
    line.addProperty("loss", v.trainLoss());
    line.addProperty("validation_loss", v.loss());
    line.addProperty("accuracy", v.accuracy());
    addHead(line, v.head());
    line.addProperty("best", v.best());
    write(line);
  }

  private static void addHead(JsonObject line, Head head) {
    line.addProperty("scale", head.scale());
    head.prototypeCosine().ifPresent(cosine -> line.addProperty("prototype_cosine", cosine));
  }

  private static JsonObject line(String kind, Position at) {
    var line = new JsonObject();
    line.addProperty("kind", kind);
    line.addProperty("step", at.step());
    line.addProperty("epoch", at.epoch());
    return line;
  }

  private void write(JsonObject line) {
    try {
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private TrainingException unwritable(IOException e) {
    return new TrainingException("cannot write metrics to " + file + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }
}
