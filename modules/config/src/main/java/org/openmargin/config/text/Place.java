package org.openmargin.config.text;

/**
 * A place in a text.
 *
 * @param file name of the text
 * @param line from 1; 0 for the text as a whole
 * @param column from 1; 0 for the text as a whole
 * @param sourceLine the line itself, or empty
 */
public record Place(String file, int line, int column, String sourceLine) {

  public static Place whole(String file) {
    return new Place(file, 0, 0, "");
  }

  public Problem problem(String path, String message) {
    return new Problem(file, line, column, sourceLine, path, message);
  }
}
