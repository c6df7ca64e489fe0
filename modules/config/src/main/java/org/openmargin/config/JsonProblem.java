package org.openmargin.config;

import java.util.regex.Pattern;

/** What is wrong with a JSON text, without the words of the parser. */
public final class JsonProblem {
  private static final Pattern LINE = Pattern.compile("at line (\\d+)");

  private JsonProblem() {}

  /**
   * One line for a message that ends in "is damaged: ".
   *
   * @param text what was parsed
   * @param failure what the parser said
   */
  public static String of(String text, Exception failure) {
    if (text.isBlank()) {
      return "it is empty";
    }
    var line = LINE.matcher(said(failure));
    return text.strip().contains("\n") && line.find()
        ? ofLine(failure) + ", line " + line.group(1)
        : ofLine(failure);
  }

  /** The same of a text of one line, as in JSON Lines. */
  public static String ofLine(Exception failure) {
    var said = said(failure);
    if (!LINE.matcher(said).find()) {
      return said.replaceFirst("^([a-z]+\\.)+\\w+: ", "");
    }
    return said.contains("End of input") ? "it ends in the middle" : "it is not valid JSON";
  }

  private static String said(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
