package org.openmargin.config;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/** Compares two messages of the same type. */
final class Differences {
  private static final String NOT_SET = "not set";

  private Differences() {}

  /** {@code path: a -> b} for every field, and every choice, that differs. */
  static List<String> between(Message a, Message b) {
    var before = MessageFields.of(a);
    var after = MessageFields.of(b);
    var paths = new LinkedHashSet<String>(before.keySet());
    paths.addAll(after.keySet());
    var lines = new ArrayList<String>();
    for (var path : paths) {
      var old = before.getOrDefault(path, NOT_SET);
      var now = after.getOrDefault(path, NOT_SET);
      if (!Objects.equals(old, now)) {
        lines.add(path + ": " + old + " -> " + now);
      }
    }
    return lines;
  }
}
