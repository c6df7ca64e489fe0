package org.openmargin.config.text;

import java.util.Locale;
import java.util.Map;

/**
 * Characters that look like others, or like nothing, and come from word processors and web pages.
 */
final class UnexpectedCharacter {
  private static final String QUOTES =
      "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb\u2033\uff02";
  private static final Map<String, String> MEANT =
      Map.of("\u2212", "-", "\u2013", "-", "\u2014", "-", "=", ":", "(", "{", ")", "}");

  private UnexpectedCharacter() {}

  /**
   * @param character one code point
   */
  static String words(String character) {
    var code = character.codePointAt(0);
    var visible = code < 0x7f && code > ' ';
    var name = visible ? "" : " (U+%04X, %s)".formatted(code, name(code).toLowerCase(Locale.ROOT));
    return "unexpected character '" + character + "'" + name + hint(character, code);
  }

  private static String name(int code) {
    var name = Character.getName(code);
    return name == null ? "not assigned" : name;
  }

  private static String hint(String character, int code) {
    if (QUOTES.contains(character)) {
      return ": write \"";
    }
    if (Character.isDigit(code)) {
      return ": write " + Character.digit(code, 10);
    }
    if (Character.isSpaceChar(code) || Character.getType(code) == Character.FORMAT) {
      return ": remove it, or write a blank";
    }
    return MEANT.containsKey(character) ? ": write " + MEANT.get(character) : "";
  }
}
