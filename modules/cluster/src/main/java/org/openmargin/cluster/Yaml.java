package org.openmargin.cluster;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Nested maps, lists, texts, numbers and booleans as YAML. Texts that could be read as something
 * else are in double quotes, in which YAML knows the escapes of JSON.
 */
final class Yaml {
  private static final String STEP = "  ";

  /** A word with a letter in front is a text, unless it is one of the following. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");

  private static final Pattern RESERVED =
      Pattern.compile("true|false|null|yes|no|on|off|y|n", Pattern.CASE_INSENSITIVE);

  private final StringBuilder text = new StringBuilder();

  private Yaml() {}

  /** A document; its maps are written in their own order. */
  static String of(Map<String, Object> document) {
    var yaml = new Yaml();
    yaml.map(document, "");
    return yaml.text.toString();
  }

  private void map(Map<?, ?> map, String indent) {
    map.forEach(
        (key, value) -> {
          text.append(indent).append(scalar(key)).append(':');
          value(value, indent + STEP);
        });
  }

  private void value(Object value, String indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      text.append('\n');
      map(map, indent);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      text.append('\n');
      list.forEach(item -> item(item, indent));
    } else {
      text.append(' ').append(scalar(value)).append('\n');
    }
  }

  /** The first field of a map stands beside the dash. */
  private void item(Object item, String indent) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      var start = text.length();
      map(map, indent + STEP);
      text.replace(start, start + indent.length() + STEP.length(), indent + "- ");
    } else {
      text.append(indent).append("- ").append(scalar(item)).append('\n');
    }
  }

  private static String scalar(Object value) {
    if (value instanceof Map<?, ?>) {
      return "{}";
    }
    if (value instanceof List<?> list) {
      if (!list.isEmpty()) {
        throw new IllegalArgumentException("a list directly inside a list: " + list);
      }
      return "[]";
    }
    var written = value.toString();
    var plain = PLAIN.matcher(written).matches() && !RESERVED.matcher(written).matches();
    return value instanceof Number || value instanceof Boolean || plain ? written : quoted(written);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c == '\n') {
                quoted.append("\\n");
              } else if (c < ' ') {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
