package org.openmargin.cli.predict;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openmargin.cli.spark.SparkSubmit;
import org.openmargin.experiment.folder.RunException;

/**
 * The command that scores an archive on Spark.
 *
 * @param libraries the jar with TensorFlow's native libraries
 */
record ScoringSubmit(SparkSubmit spark, Path libraries) {
  private static final String MAIN = "org.openmargin.spark.ScoreJob";
  private static final Pattern LIBRARIES =
      Pattern.compile("tensorflow-core-native-.*-(linux|macosx|windows)-.*\\.jar");

  /** JavaCPP would count TensorFlow's memory against the Java heap. */
  private static final String JAVA_OPTIONS =
      "-Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0";

  private static final Pattern JVM =
      Pattern.compile("^(spark[.](?:driver|executor)[.]extraJavaOptions=)");

  /** Quiet; and names of files beyond ASCII can be opened. Later ones, the user's, win. */
  private static final List<String> SETTINGS =
      List.of(
          "spark.driver.extraJavaOptions=" + JAVA_OPTIONS,
          "spark.executor.extraJavaOptions=" + JAVA_OPTIONS,
          "spark.executorEnv.TF_CPP_MIN_LOG_LEVEL=3",
          "spark.executorEnv.LC_ALL=C.UTF-8",
          "spark.log.level=WARN");

  /**
   * Finds Spark, the application and the libraries.
   *
   * @param properties of the JVM
   * @throws RunException if one of them is not there, saying how to get it
   */
  static ScoringSubmit find(Map<String, String> environment, Map<?, ?> properties) {
    var spark = SparkSubmit.find(environment, properties);
    return new ScoringSubmit(spark, libraries(properties.get("java.class.path").toString()));
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
    var command =
        new ArrayList<>(List.of(spark.program().toString(), "--master", master, "--class", MAIN));
    command.addAll(List.of("--jars", libraries.toUri().toString()));
    Stream.concat(SETTINGS.stream(), settings.stream().map(ScoringSubmit::withJavaOptions))
        .forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.add(spark.applicationAddress());
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /** The user's options of the JVM come after those that are needed, not in their place. */
  private static String withJavaOptions(String setting) {
    return JVM.matcher(setting).replaceFirst("$1" + JAVA_OPTIONS + " ");
  }
}
