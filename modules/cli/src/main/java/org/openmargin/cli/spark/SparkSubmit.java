package org.openmargin.cli.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.ChildProcess;

/**
 * Spark's own program that starts applications, and the jar with those of OpenMargin.
 *
 * @param program {@code spark-submit}
 * @param application the jar
 */
public record SparkSubmit(Path program, Path application) {
  /** Set by the launcher. */
  static final String APPLICATION_PROPERTY = "openmargin.spark";

  private static final String VERSION = "4.2.0";

  /**
   * Finds Spark and the application.
   *
   * @param properties of the JVM
   * @throws RunException if one of them is not there, saying how to get it
   */
  public static SparkSubmit find(Map<String, String> environment, Map<?, ?> properties) {
    return new SparkSubmit(
        program(environment),
        application(Optional.ofNullable(properties.get(APPLICATION_PROPERTY))));
  }

  private static Path program(Map<String, String> environment) {
    var home = environment.getOrDefault("SPARK_HOME", "");
    if (!home.isBlank()) {
      var program = Path.of(home, "bin", "spark-submit");
      if (!Files.isExecutable(program)) {
        throw new RunException(
            "SPARK_HOME is %s, which has no bin/spark-submit; set it to the folder of an unpacked Spark %s"
                .formatted(home, VERSION));
      }
      return program;
    }
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "spark-submit"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "--on needs Apache Spark, which was not found: unpack Spark %s (https://spark.apache.org/downloads.html) and set SPARK_HOME to its folder, or put spark-submit on the PATH (pip install pyspark==%s)"
                        .formatted(VERSION, VERSION)));
  }

  private static Path application(Optional<?> property) {
    return property
        .map(value -> Path.of(value.toString()))
        .filter(Files::isRegularFile)
        .orElseThrow(
            () ->
                new RunException(
                    "the application for Spark is not built here; build it in a checkout with: mvn package -DskipTests -pl modules/spark -am"));
  }

  /** The jar, as Spark is given it. */
  public String applicationAddress() {
    return application.toUri().toString();
  }

  /**
   * Runs a command, which prints to the streams of this process and is stopped with it.
   *
   * @return its exit code
   * @throws RunException if it cannot be started
   */
  public static int run(List<String> command) {
    var program =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      // Spark ends what it has begun, such as processes on executors, before it ends itself.
      return ChildProcess.start(program, Optional.empty()).waitFor();
    } catch (IOException e) {
      throw new RunException("spark-submit cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while Spark works", e);
    }
  }
}
