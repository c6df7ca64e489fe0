package org.openmargin.data;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Data that cannot be used. The message says what is wrong, where, and what would be right. */
public final class DataException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, and what would be right
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, and what would be right
   * @param cause the failure below
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For a message: at most ten of the texts, and how many more there are. */
  public static String shortList(List<String> texts) {
    var shown = texts.stream().limit(10).collect(Collectors.joining(", "));
    return texts.size() <= 10 ? shown : shown + " and " + (texts.size() - 10) + " more";
  }
}
