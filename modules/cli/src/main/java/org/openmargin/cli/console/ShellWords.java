package org.openmargin.cli.console;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.openmargin.files.ShellWord;

/** Words of a command as a shell needs them. */
public final class ShellWords {
  private ShellWords() {}

  /** Joined by blanks; a word with a blank or a sign that a shell changes is quoted. */
  public static String of(String... words) {
    return Arrays.stream(words).map(ShellWord::of).collect(Collectors.joining(" "));
  }
}
