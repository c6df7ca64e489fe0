package org.openmargin.cli.console;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where a command prints, and what it is called.
 *
 * @param out results
 * @param err errors and remarks
 * @param terminal whether {@code out} is a terminal, whose cursor can go back
 * @param program how the user started it, to be named in what to do next
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, String program) {

  /** The launcher sets it where standard output is a terminal. */
  private static final String TERMINAL_PROPERTY = "openmargin.terminal";

  /** The launcher says how it was called. */
  private static final String PROGRAM_PROPERTY = "openmargin.program";

  public static Console ofProcess() {
    return new Console(
        System.out,
        System.err,
        Boolean.getBoolean(TERMINAL_PROPERTY),
        System.getProperty(PROGRAM_PROPERTY, "openmargin"));
  }

  /** A line of results; numbers are formatted the same everywhere. */
  public void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** A line of results, as it is. */
  public void line(String text) {
    out.println(text);
  }

  /** A remark beside the results. */
  public void remark(String text) {
    err.println(text);
  }

  /** An error, with the program's name in front as is usual. */
  public void error(String message) {
    err.println("openmargin: " + message);
  }
}
