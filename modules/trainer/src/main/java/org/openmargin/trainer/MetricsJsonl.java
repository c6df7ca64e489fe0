package org.openmargin.trainer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openmargin.files.AtomicTextFile;

/**
 * Writes one JSON object per line: {@code "kind":"train"} every so many steps, {@code
 * "kind":"validation"} after each validation. After a resume the lines of steps that are run again
 * are gone, so that each step stands there once.
 */
public final class MetricsJsonl implements RunListener {
  private static final Pattern STEP = Pattern.compile("\"step\":(\\d+)");
  private final Path file;
  private final BufferedWriter writer;

  /** Appends to {@code file} what comes after {@code stepsDone}. */
  public MetricsJsonl(Path file, long stepsDone) {
    this.file = file;
    try {
      keepUntil(file, stepsDone);
      writer =
          Files.newBufferedWriter(
              file,
              StandardCharsets.UTF_8,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void keepUntil(Path file, long stepsDone) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String kept;
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      kept =
          lines
              .filter(line -> line.endsWith("}") && stepOf(line) <= stepsDone)
              .map(line -> line + "\n")
              .collect(Collectors.joining());
    }
    AtomicTextFile.write(file, writer -> writer.write(kept));
  }

  private static long stepOf(String line) {
    var matcher = STEP.matcher(line);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
  }

  @Override
  public void progressed(Progress p) {
    line(
        "{\"kind\":\"train\",\"step\":%d,\"epoch\":%d,\"loss\":%s,\"learning_rate\":%s,\"scale\":%s,\"images_per_second\":%.1f,\"input_wait\":%.4f}",
        p.at().step(),
        p.at().epoch(),
        p.loss(),
        p.learningRate(),
        p.scale(),
        p.speed().imagesPerSecond(),
        p.speed().inputWait());
  }

  @Override
  public void measured(Validation v) {
    line(
        "{\"kind\":\"validation\",\"step\":%d,\"epoch\":%d,\"loss\":%s,\"accuracy\":%s,\"scale\":%s,\"best\":%s}",
        v.at().step(), v.at().epoch(), v.trainLoss(), v.accuracy(), v.scale(), v.best());
  }

  private void line(String format, Object... values) {
    try {
      writer.write(String.format(Locale.ROOT, format, values));
      writer.write('\n');
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
      throw new UncheckedIOException(e);
    }
  }
}
