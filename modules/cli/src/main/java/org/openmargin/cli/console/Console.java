package org.openmargin.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import org.openmargin.files.ShellWord;

/**
 * Where a command prints, and how the program was called.
 *
 * @param out results
 * @param err errors and remarks
 * @param terminal whether {@code out} is a terminal, which can redraw a line
 * @param program as the user typed it; named in hints
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, String program) {

  /** Set by the launcher if standard output is a terminal. */
  private static final String TERMINAL_PROPERTY = "openmargin.terminal";

  /** Set by the launcher: how it was called. */
  private static final String PROGRAM_PROPERTY = "openmargin.program";

  public static Console ofProcess() {
    return new Console(
        System.out,
        System.err,
        Boolean.getBoolean(TERMINAL_PROPERTY),
        ShellWord.of(System.getProperty(PROGRAM_PROPERTY, "openmargin")));
  }

  /** A line of results; numbers look the same in every locale. */
  public void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** A line of results, verbatim. */
  public void line(String text) {
    out.println(text);
  }

  /** A remark, apart from the results. */
  public void remark(String text) {
    err.println(text);
  }

  /** An error, prefixed with the program's name. */
  public void error(String message) {
    err.println("openmargin: " + message);
  }
}
