package org.openmargin.config.text;

import java.util.List;

/**
 * A text with its name and its lines, for saying where something stands.
 *
 * @param name shown in problems
 * @param text the whole text
 * @param lines its lines; none for an override, which is its own place
 */
public record Source(String name, String text, List<String> lines) {

  public static Source file(String name, String text) {
    return new Source(name, text, text.lines().toList());
  }

  /**
   * The value of an override.
   *
   * @param override {@code path=value}
   * @param value what follows the {@code =}
   */
  static Source override(String override, String value) {
    return new Source("--set " + override, value, List.of());
  }

  public Place whole() {
    return Place.whole(name);
  }

  Place at(Token token) {
    if (lines.isEmpty()) {
      return whole();
    }
    String line = token.line() <= lines.size() ? lines.get(token.line() - 1) : "";
    return new Place(name, token.line(), token.column(), line);
  }
}
