package org.openmargin.cli.console;

import java.util.Map;

/**
 * What the output streams of a command can do.
 *
 * @param results whether results go to a terminal
 * @param errors whether progress and errors go to a terminal, which can redraw a line
 * @param columns characters in its line
 * @param colour whether errors and warnings are coloured
 */
public record Terminal(boolean results, boolean errors, int columns, boolean colour) {
  /** Width where no terminal says one. */
  private static final int USUAL_COLUMNS = 80;

  /** Neither stream is a terminal. */
  public static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS, false);

  /** Both streams are one, without colours. */
  static final Terminal USUAL = new Terminal(true, true, USUAL_COLUMNS, false);

  /** Set by the launcher if standard output is a terminal. */
  private static final String RESULTS = "openmargin.terminal";

  /** Set by the launcher if standard error is a terminal. */
  private static final String ERRORS = "openmargin.terminal.errors";

  /** Set by the launcher: the width of the terminal. */
  private static final String COLUMNS = "openmargin.columns";

  static Terminal ofProcess(Map<String, String> environment) {
    var errors = Boolean.getBoolean(ERRORS);
    return new Terminal(
        Boolean.getBoolean(RESULTS),
        errors,
        Integer.getInteger(COLUMNS, USUAL_COLUMNS),
        errors && coloured(environment));
  }

  /**
   * No colours if {@code NO_COLOR} is set and not empty (no-color.org), or the terminal is dumb.
   */
  static boolean coloured(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Characters that a line of results may have; no limit where it is not shown on a terminal. */
  public int widestLine() {
    return results ? columns : Integer.MAX_VALUE;
  }
}
