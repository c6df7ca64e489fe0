package org.openmargin.cli.predict;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openmargin.experiment.folder.RunException;

/**
 * Starts an application on a cluster by Spark's own program, which is not part of OpenMargin.
 *
 * @param program {@code spark-submit}
 * @param application the jar
 * @param libraries the jar with TensorFlow's native libraries
 */
record SparkSubmit(Path program, Path application, Path libraries) {
  /** Set by the launcher. */
  static final String APPLICATION_PROPERTY = "openmargin.spark";

  private static final String MAIN = "org.openmargin.spark.ScoreJob";
  private static final String VERSION = "4.2.0";
  private static final Pattern LIBRARIES =
      Pattern.compile("tensorflow-core-native-.*-(linux|macosx|windows)-.*\\.jar");

  /** JavaCPP would count TensorFlow's memory against the Java heap. */
  private static final String JAVA_OPTIONS =
      "-Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0";

  /** Quiet; and names of files beyond ASCII can be opened. Later ones, the user's, win. */
  private static final List<String> SETTINGS =
      List.of(
          "spark.driver.extraJavaOptions=" + JAVA_OPTIONS,
          "spark.executor.extraJavaOptions=" + JAVA_OPTIONS,
          "spark.executorEnv.TF_CPP_MIN_LOG_LEVEL=3",
          "spark.executorEnv.LC_ALL=C.UTF-8",
          "spark.log.level=WARN");

  /**
   * Finds Spark and the application.
   *
   * @param properties of the JVM
   * @throws RunException if one of them is not there, saying how to get it
   */
  static SparkSubmit find(Map<String, String> environment, Map<?, ?> properties) {
    return new SparkSubmit(
        program(environment),
        application(Optional.ofNullable(properties.get(APPLICATION_PROPERTY))),
        libraries(properties.get("java.class.path").toString()));
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

  private static Path libraries(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(entry -> LIBRARIES.matcher(String.valueOf(entry.getFileName())).matches())
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "there is no jar with TensorFlow's native libraries to send to the executors; run --on from a checkout, not from a bundle"));
  }

  /**
   * The command line.
   *
   * @param master as Spark knows it, such as {@code yarn}
   * @param settings of Spark, KEY=VALUE
   */
  List<String> command(String master, List<String> settings, List<String> arguments) {
    var command = new ArrayList<>(List.of(program.toString(), "--master", master, "--class", MAIN));
    command.addAll(List.of("--jars", libraries.toUri().toString()));
    Stream.concat(SETTINGS.stream(), settings.stream())
        .forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.add(application.toUri().toString());
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /**
   * Runs a command, which prints to the streams of this process and is stopped with it.
   *
   * @return its exit code
   * @throws RunException if it cannot be started
   */
  static int run(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var stop = new Thread(process::destroy, "stop-spark");
      Runtime.getRuntime().addShutdownHook(stop);
      try {
        process.getOutputStream().close();
        return process.waitFor();
      } finally {
        withdraw(stop);
      }
    } catch (IOException e) {
      throw new RunException("spark-submit cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while Spark works", e);
    }
  }

  private static void withdraw(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // Already stopping, and the child too.
    }
  }
}
