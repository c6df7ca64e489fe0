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
    var said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    var line = LINE.matcher(said);
    if (!line.find()) {
      return said.replaceFirst("^([a-z]+\\.)+\\w+: ", "");
    }
    var what = said.contains("End of input") ? "it ends in the middle" : "it is not valid JSON";
    return text.strip().contains("\n") ? what + ", line " + line.group(1) : what;
  }
}
