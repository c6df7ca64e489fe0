package org.openmargin.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.SchemaPaths;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.ExperimentConfig;

/**
 * Everything that happens to an experiment before it runs: read, override, resolve, validate,
 * print, explain, compare.
 */
public final class Experiments {
  private static final String QUICKSTART = "quickstart.textproto";

  private static final String TEMPLATE_HEADER =
      """
      # proto-file: openmargin/v1/experiment.proto
      # proto-message: openmargin.v1.ExperimentConfig
      #
      # Lines marked `default` can be deleted: they only restate the default.
      # Check with:  openmargin config validate FILE
      # Train with:  openmargin train FILE

      """;

  private Experiments() {}

  /**
   * Reads an experiment from a text proto, applies overrides, fills in every default and checks all
   * rules.
   *
   * @param overrides {@code path=value} each, for example {@code training.epochs=5}; the last one
   *     wins if paths are equal
   * @return the resolved experiment: every field that has a default is set
   * @throws ConfigException with every problem of the file and the overrides at once
   */
  public static ExperimentConfig read(Path file, List<String> overrides) {
    return ConfigReader.experiment(Source.read(file, "an experiment"), overrides);
  }

  /**
   * Like {@link #read}, but where the images are may still be missing: that is a matter of
   * training.
   */
  public static ExperimentConfig readWithoutPlaces(Path file, List<String> overrides) {
    return ConfigReader.experimentWithoutPlaces(Source.read(file, "an experiment"), overrides);
  }

  /** The paths of all fields, as overrides name them. */
  public static SchemaPaths paths() {
    return new SchemaPaths(ExperimentConfig.getDescriptor());
  }

  /** The paths that {@link #readWithoutPlaces} let pass, such as {@code data.npz.path}. */
  public static List<String> missingPlaces(ExperimentConfig experiment) {
    return ConfigReader.missingPlaces(experiment);
  }

  /**
   * Like {@link #read}, but from a string.
   *
   * @param fileName names the text in problems
   */
  public static ExperimentConfig parse(String text, String fileName, List<String> overrides) {
    return ConfigReader.experiment(Source.file(fileName, text), overrides);
  }

  /** Sets every default; choices (oneofs) that were not made stay open. */
  public static ExperimentConfig resolve(ExperimentConfig experiment) {
    var resolved = experiment.toBuilder();
    Defaults.fill(resolved);
    return resolved.build();
  }

  /**
   * Checks an experiment built in Java, after resolving its defaults.
   *
   * @throws ConfigException with every problem at once
   */
  public static void validate(ExperimentConfig experiment) {
    ConfigReader.check(experiment);
  }

  /** The experiment as a text proto; {@link #parse} reads it back to an equal one. */
  public static String print(ExperimentConfig experiment) {
    return TextPrinter.print(experiment);
  }

  /**
   * Every field with its value, its schema comment, and whether the value is the default; also a
   * valid text proto.
   */
  public static String explain(ExperimentConfig experiment) {
    return CommentedPrinter.print(resolve(experiment), SchemaComments.load());
  }

  /** A valid, commented experiment to start from: the quickstart with every field. */
  public static String template() {
    var experiment =
        parse(quickstart(), QUICKSTART, List.of()).toBuilder()
            .setName("my-experiment")
            .setDescription("What this experiment should show.")
            .build();
    return TEMPLATE_HEADER + explain(experiment);
  }

  /** The text of the quickstart experiment, which needs neither data nor the repository. */
  public static String quickstart() {
    try (var in = Experiments.class.getResourceAsStream(QUICKSTART)) {
      var bytes = Objects.requireNonNull(in, QUICKSTART + " is not in the jar").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The differences between two experiments, after resolving both: one line {@code path: a -> b}
   * per field; empty if they are equal.
   */
  public static List<String> diff(ExperimentConfig a, ExperimentConfig b) {
    return Differences.between(resolve(a), resolve(b));
  }

  /**
   * Like {@link #diff}, but only of what {@link #digest} covers: differences that change results.
   */
  public static List<String> decidingDiff(ExperimentConfig a, ExperimentConfig b) {
    return Differences.between(
        Digest.deciding(resolve(a)).build(), Digest.deciding(resolve(b)).build());
  }

  /** The values of what {@link #digest} covers, by path. */
  public static Map<String, String> decidingFields(ExperimentConfig experiment) {
    return MessageFields.of(Digest.deciding(resolve(experiment)).build());
  }

  /**
   * SHA-256 (hex) of everything that decides the results: the resolved experiment without name,
   * description, paths and {@code runtime}, except seed, determinism and devices that each have
   * their own batch statistics. The order of known classes does not matter.
   */
  public static String digest(ExperimentConfig experiment) {
    return Digest.of(resolve(experiment));
  }
}
