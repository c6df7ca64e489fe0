package org.openmargin.exporter;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.ModelException;

/** Text of JSON values (RFC 8259), indented by two spaces. */
final class Json {
  private Json() {}

  /**
   * @param value a map with string keys, list, string, number or boolean
   */
  static String of(Object value) {
    var text = new StringBuilder();
    append(text, value, 0);
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      appendMap(text, map, depth);
    } else if (value instanceof List<?> list) {
      appendList(text, list, depth);
    } else if (value instanceof Number || value instanceof Boolean) {
      text.append(requireFinite(value));
    } else {
      appendString(text, value.toString());
    }
  }

  private static void appendMap(StringBuilder text, Map<?, ?> map, int depth) {
    text.append('{');
    var separator = "";
    for (var entry : map.entrySet()) {
      text.append(separator).append(newLine(depth + 1));
      appendString(text, entry.getKey().toString());
      append(text.append(": "), entry.getValue(), depth + 1);
      separator = ",";
    }
    text.append(map.isEmpty() ? "" : newLine(depth)).append('}');
  }

  private static void appendList(StringBuilder text, List<?> list, int depth) {
    var flat = list.stream().noneMatch(e -> e instanceof Map || e instanceof List);
    text.append('[');
    var separator = "";
    for (var element : list) {
      text.append(separator).append(flat ? "" : newLine(depth + 1));
      append(text, element, depth + 1);
      separator = flat ? ", " : ",";
    }
    text.append(flat ? "" : newLine(depth)).append(']');
  }

  private static void appendString(StringBuilder text, String value) {
    text.append('"');
    value
        .chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                  if (c < 0x20 || c == 0x7f) {
                    text.append("\\u%04x".formatted(c));
                  } else {
                    text.append((char) c);
                  }
                }
              }
            });
    text.append('"');
  }

  private static Object requireFinite(Object value) {
    if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
      throw new ModelException("JSON cannot hold " + number + "; a finite number is needed");
    }
    return value;
  }

  private static String newLine(int depth) {
    return "\n" + String.join("", Collections.nCopies(depth, "  "));
  }
}
