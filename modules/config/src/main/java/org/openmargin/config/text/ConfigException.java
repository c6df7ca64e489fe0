package org.openmargin.config.text;

import java.util.List;
import java.util.stream.Collectors;

/** An unusable experiment or plan, with all its problems. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<Problem> problems;

  /**
   * @param problems at least one, in text order
   */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in text order. */
  public List<Problem> problems() {
    return problems;
  }
}
