package org.openmargin.config.text;

import java.util.List;
import java.util.stream.Collectors;

/** An experiment that cannot be used, with all its problems at once. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<Problem> problems;

  /**
   * @param problems everything that is wrong, in the order of the text; at least one
   */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in the order of the text. */
  public List<Problem> problems() {
    return problems;
  }
}
