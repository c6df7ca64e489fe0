package org.openmargin.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259): objects become maps, arrays lists, and the rest strings, doubles, booleans
 * and, for null, an empty Optional. Whoever serves a model needs no library for that.
 */
public final class JsonText {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final int DEEPEST = 100;

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * @throws ModelException if the text is no JSON object
   */
  public static Map<String, Object> object(String text) {
    var json = new JsonText(text);
    if (json.peek() != '{') {
      throw json.wrong();
    }
    var object = json.members(0);
    if (json.peek() != 0) {
      throw json.wrong();
    }
    return object;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong();
    }
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> elements(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Optional.empty());
      default -> number();
    };
  }

  private Map<String, Object> members(int depth) {
    var members = new LinkedHashMap<String, Object>();
    at++;
    while (!ends('}', members.isEmpty())) {
      if (peek() != '"') {
        throw wrong();
      }
      var name = string();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw wrong();
      }
    }
    return members;
  }

  private List<Object> elements(int depth) {
    var elements = new ArrayList<>();
    at++;
    while (!ends(']', elements.isEmpty())) {
      elements.add(value(depth + 1));
    }
    return elements;
  }

  /** Consumes the end, or the comma before another element. */
  private boolean ends(char end, boolean first) {
    if (peek() == end) {
      at++;
      return true;
    }
    if (!first) {
      expect(',');
    }
    return false;
  }

  private String string() {
    var read = new StringBuilder();
    for (at++; at < text.length(); at++) {
      var next = text.charAt(at);
      if (next == '"') {
        at++;
        return read.toString();
      }
      if (next < ' ') {
        throw wrong();
      }
      read.append(next == '\\' ? escaped() : next);
    }
    throw wrong();
  }

  private char escaped() {
    at++;
    var code = at < text.length() ? text.charAt(at) : ' ';
    var simple = "\"\\/bfnrt".indexOf(code);
    if (simple >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    if (code != 'u' || at + 4 >= text.length()) {
      throw wrong();
    }
    at += 4;
    var digits = text.substring(at - 3, at + 1);
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw wrong();
    }
    return (char) Integer.parseInt(digits, 16);
  }

  private Object number() {
    var number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw wrong();
    }
    at = number.end();
    return Double.valueOf(number.group());
  }

  private Object word(String word, Object meaning) {
    if (!text.startsWith(word, at)) {
      throw wrong();
    }
    at += word.length();
    return meaning;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong();
    }
    at++;
  }

  /** The next character that is no white space; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private ModelException wrong() {
    return new ModelException("it is no JSON at character " + (at + 1));
  }
}
