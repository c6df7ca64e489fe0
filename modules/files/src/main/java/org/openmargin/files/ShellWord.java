package org.openmargin.files;

import java.io.File;
import java.util.regex.Pattern;

/** Quotes arguments, so that a command in a message can be pasted into a shell. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  private ShellWord() {}

  /** One argument, such as a path: as it is if the shell leaves it so, else in quotes. */
  public static String of(Object argument) {
    return File.separatorChar == '\\' ? windows(argument.toString()) : posix(argument.toString());
  }

  static String posix(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  static String windows(String text) {
    return PLAIN.matcher(text.replace('\\', '/')).matches() ? text : '"' + text + '"';
  }
}
