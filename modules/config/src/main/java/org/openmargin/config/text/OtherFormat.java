package org.openmargin.config.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises files that are written in another language, to say that instead of many errors. */
public final class OtherFormat {
  /** A key without a value: in YAML its value follows, further to the right or as a list. */
  private static final Pattern KEY = Pattern.compile("( *)[\\w-]+:\\s*(#.*)?");

  private static final Pattern ITEM = Pattern.compile("\\s*- .*");
  private static final Pattern TABLE = Pattern.compile("\\s*\\[[\\w.-]+\\]\\s*");

  private OtherFormat() {}

  /** JSON, YAML, TOML or XML; empty if the text looks like none of them. */
  public static Optional<String> of(String text) {
    var lines = text.lines().filter(l -> !l.isBlank() && !l.strip().startsWith("#")).toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var first = lines.get(0).strip();
    if (first.startsWith("{") || first.equals("[") || first.startsWith("[{")) {
      return Optional.of("JSON");
    }
    if (first.startsWith("<?") || first.startsWith("<!") || first.matches("<\\w+[ >].*")) {
      return Optional.of("XML");
    }
    if (TABLE.matcher(first).matches() || first.matches("[\\w.-]+ *= *[^ ].*")) {
      return Optional.of("TOML");
    }
    return first.equals("---") || isYaml(lines) ? Optional.of("YAML") : Optional.empty();
  }

  private static boolean isYaml(List<String> lines) {
    for (var i = 0; i + 1 < lines.size(); i++) {
      var key = KEY.matcher(lines.get(i));
      if (key.matches()) {
        var next = lines.get(i + 1);
        var further = next.length() - next.stripLeading().length() > key.group(1).length();
        if (ITEM.matcher(next).matches() || (further && next.strip().matches("[\\w-]+:.*"))) {
          return true;
        }
      }
    }
    return false;
  }
}
