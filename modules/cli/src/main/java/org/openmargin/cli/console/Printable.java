package org.openmargin.cli.console;

import java.util.regex.Pattern;

/** Text from files and names of files, which may hold what a terminal would obey. */
final class Printable {
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069&&[^\\n\\t]]");

  private static final Pattern ALL_CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  /** The text with a replacement for each control character but line ends and tabs. */
  static String of(String text) {
    return CONTROLS.matcher(text).replaceAll("\ufffd");
  }

  /** The same for a cell of a table, which has one line. */
  static String cell(String text) {
    return ALL_CONTROLS.matcher(of(text)).replaceAll("\ufffd");
  }
}
