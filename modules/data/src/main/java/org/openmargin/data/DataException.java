package org.openmargin.data;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Unusable data. The message says what is wrong, where, and what would be right. */
public final class DataException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For messages: at most ten of the texts, and how many more there are. */
  public static String shortList(List<String> texts) {
    var shown = texts.stream().limit(10).collect(Collectors.joining(", "));
    return texts.size() <= 10 ? shown : shown + " and " + (texts.size() - 10) + " more";
  }
}
