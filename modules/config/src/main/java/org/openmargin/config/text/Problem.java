package org.openmargin.config.text;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * One error in an experiment: where it is, what is wrong, and what would be right.
 *
 * @param file the file as the user named it, {@code --set path=value} for an override, or empty for
 *     a message built in Java
 * @param line from 1; 0 if the problem has no line
 * @param column from 1; 0 if the problem has no line
 * @param sourceLine the line itself; empty if the problem has no line
 * @param path dotted path of the field, for example {@code loss.omcl.threshold}; empty if the text
 *     could not be parsed that far
 * @param message what is wrong and what would be right
 */
public record Problem(
    String file, int line, int column, String sourceLine, String path, String message)
    implements Serializable {

  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069&&[^\\n\\t]]");

  /** For users: {@code file:line:column: path: message}, then the line and a caret. */
  @Override
  public String toString() {
    var text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    if (!text.isEmpty()) {
      text.append(": ");
    }
    if (!path.isEmpty() && !file.startsWith("--set " + path + "=")) {
      text.append(path).append(": ");
    }
    text.append(message);
    if (line > 0 && !sourceLine.isBlank()) {
      text.append("\n  ").append(sourceLine).append("\n  ").append(indent()).append('^');
    }
    return printable(text.toString());
  }

  /** Control characters of the file must not reach a terminal, which would obey them. */
  private static String printable(String text) {
    return CONTROLS.matcher(text).replaceAll("\ufffd");
  }

  /** Blanks up to the column; tabs stay tabs to align the caret. */
  private String indent() {
    return sourceLine
        .substring(0, Math.min(column - 1, sourceLine.length()))
        .replaceAll("[^\t]", " ");
  }
}
