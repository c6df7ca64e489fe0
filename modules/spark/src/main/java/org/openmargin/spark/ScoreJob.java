package org.openmargin.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.openmargin.serving.ModelException;
import org.slf4j.LoggerFactory;

/**
 * The application that {@code spark-submit} starts: {@link SparkScoring} by the arguments of {@link
 * ScoreArguments}. Ends with 3 for a source, and with 5 for a model that cannot be used, as {@code
 * openmargin score} does.
 */
public final class ScoreJob {
  private static final int DATA = 3;
  private static final int EXPORT = 5;

  private ScoreJob() {}

  public static void main(String[] args) throws IOException {
    var code = 0;
    try (var spark = SparkSession.builder().appName("openmargin score").getOrCreate()) {
      run(spark, ScoreArguments.of(List.of(args)));
    } catch (ArchiveException e) {
      code = refused(e, DATA);
    } catch (ModelException e) {
      code = refused(e, EXPORT);
    }
    if (code != 0) {
      System.exit(code);
    }
  }

  static void run(SparkSession spark, ScoreArguments arguments) throws IOException {
    var reasons =
        SparkScoring.of(spark, arguments.model())
            .write(arguments.source(), arguments.columns(), arguments.out());
    var text = text(reasons);
    LoggerFactory.getLogger(ScoreJob.class).info("{}: files by reason:\n{}", arguments.out(), text);
    if (arguments.summary().isPresent()) {
      Files.writeString(Path.of(arguments.summary().get()), text);
    }
  }

  /** A line per reason: its code, a blank, the number of files. */
  private static String text(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .map(entry -> "%s %d\n".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  private static int refused(RuntimeException e, int code) {
    LoggerFactory.getLogger(ScoreJob.class).error(e.getMessage());
    return code;
  }
}
