package org.openmargin.config;

import java.util.List;
import java.util.stream.Collectors;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;

/** Experiments for tests. */
public final class Texts {
  /** A valid experiment, each section on its own line. */
  public static final String VALID =
      """
      name: "mine"
      data { synthetic_cells {} known_classes: [0, 1, 2] }
      model { resnet {} }
      loss { omcl {} }
      training { epochs: 10 adam {} constant {} }
      """;

  private Texts() {}

  /** The problems of a text, as shown to the user. */
  static List<String> problems(String text, String... overrides) {
    try {
      Experiments.parse(text, "x.textproto", List.of(overrides));
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }

  /** Like {@link #problems}, but only their first lines. */
  public static List<String> headlines(String text, String... overrides) {
    return problems(text, overrides).stream()
        .map(problem -> problem.lines().limit(1).collect(Collectors.joining()))
        .toList();
  }
}
