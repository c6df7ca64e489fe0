package org.openmargin.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.ExperimentConfig;

/**
 * Everything that is done with an experiment before it runs: read, override, resolve, validate,
 * print, explain, compare.
 */
public final class Experiments {
  private static final String QUICKSTART = "quickstart.textproto";

  private static final String TEMPLATE_HEADER =
      """
      # proto-file: openmargin/v1/experiment.proto
      # proto-message: openmargin.v1.ExperimentConfig
      #
      # Lines marked `default` can go: they say what holds without them.
      # Check with:  openmargin config validate FILE
      # Train with:  openmargin train FILE

      """;

  private Experiments() {}

  /**
   * Reads an experiment from a text proto, applies overrides, spells out every default and checks
   * all rules.
   *
   * @param file the text proto
   * @param overrides {@code path=value} each, for example {@code training.epochs=5}; the last one
   *     of equal paths wins
   * @return the resolved experiment: every field that has a default is set
   * @throws ConfigException with every problem of the file and of the overrides at once
   */
  public static ExperimentConfig read(Path file, List<String> overrides) {
    return ConfigReader.experiment(Source.read(file, "an experiment"), overrides);
  }

  /**
   * As {@link #read}, from a text.
   *
   * @param text the text proto
   * @param fileName stands for the text in problems
   * @param overrides {@code path=value} each
   */
  public static ExperimentConfig parse(String text, String fileName, List<String> overrides) {
    return ConfigReader.experiment(Source.file(fileName, text), overrides);
  }

  /** The same experiment with every default set; choices that were not made stay open. */
  public static ExperimentConfig resolve(ExperimentConfig experiment) {
    var resolved = experiment.toBuilder();
    Defaults.fill(resolved);
    return resolved.build();
  }

  /**
   * Checks an experiment that was built in Java, with its defaults resolved.
   *
   * @throws ConfigException with every problem at once
   */
  public static void validate(ExperimentConfig experiment) {
    ConfigReader.check(experiment);
  }

  /** The experiment as a text proto that {@link #parse} reads back to an equal one. */
  public static String print(ExperimentConfig experiment) {
    return TextPrinter.print(experiment);
  }

  /**
   * Every field with its value, the schema's comment, and whether the value is the default. The
   * result is a text proto too.
   */
  public static String explain(ExperimentConfig experiment) {
    return CommentedPrinter.print(resolve(experiment), SchemaComments.load());
  }

  /** A commented experiment to start from, valid as it is: the quickstart with every field. */
  public static String template() {
    var experiment =
        parse(quickstart(), QUICKSTART, List.of()).toBuilder()
            .setName("my-experiment")
            .setDescription("What this experiment is to show.")
            .build();
    return TEMPLATE_HEADER + explain(experiment);
  }

  /** The text of the quickstart experiment, which needs no data and no repository. */
  public static String quickstart() {
    try (var in = Experiments.class.getResourceAsStream(QUICKSTART)) {
      var bytes = Objects.requireNonNull(in, QUICKSTART + " is not in the jar").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What differs between two experiments, one line {@code path: a -> b} per field; empty where they
   * are equal. Both are resolved first.
   */
  public static List<String> diff(ExperimentConfig a, ExperimentConfig b) {
    return Differences.between(resolve(a), resolve(b));
  }

  /**
   * SHA-256 (hex) of what decides the numbers: the resolved experiment without the places where
   * data lie and without {@code runtime}, of which only seed and determinism stay in. The order of
   * known classes does not count.
   */
  public static String digest(ExperimentConfig experiment) {
    return Digest.of(resolve(experiment));
  }
}
