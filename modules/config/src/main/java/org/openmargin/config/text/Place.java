package org.openmargin.config.text;

/**
 * Where something stands.
 *
 * @param file name of the text
 * @param line from 1, or 0 for the text as a whole
 * @param column from 1, or 0
 * @param sourceLine the line, or empty
 */
public record Place(String file, int line, int column, String sourceLine) {

  /** The text as a whole. */
  public static Place whole(String file) {
    return new Place(file, 0, 0, "");
  }

  public Problem problem(String path, String message) {
    return new Problem(file, line, column, sourceLine, path, message);
  }
}
