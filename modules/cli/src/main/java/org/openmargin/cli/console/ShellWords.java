package org.openmargin.cli.console;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a command as a POSIX shell needs them. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  private ShellWords() {}

  /** Joined by blanks; a word with a blank or a sign that a shell changes is quoted. */
  public static String of(String... words) {
    return Arrays.stream(words).map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
