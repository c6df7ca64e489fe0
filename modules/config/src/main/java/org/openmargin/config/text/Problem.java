package org.openmargin.config.text;

import java.io.Serializable;

/**
 * One thing that is wrong with an experiment: where, what, and what would be right.
 *
 * @param file the file as the user named it, {@code --set path=value} for an override, or empty for
 *     a message that was built in Java
 * @param line line in the file, from 1; 0 where the problem has no line
 * @param column column in the line, from 1; 0 where the problem has no line
 * @param sourceLine the line itself; empty where the problem has no line
 * @param path dotted path of the field, for example {@code loss.omcl.threshold}; empty where the
 *     text could not be read so far
 * @param message what is wrong and what would be right
 */
public record Problem(
    String file, int line, int column, String sourceLine, String path, String message)
    implements Serializable {

  /** The form for a person: {@code file:line:column: path: message}, the line and a caret. */
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
    return text.toString();
  }

  /** Blanks up to the column; tabs stay tabs, so that the caret stands under its character. */
  private String indent() {
    return sourceLine
        .substring(0, Math.min(column - 1, sourceLine.length()))
        .replaceAll("[^\t]", " ");
  }
}
