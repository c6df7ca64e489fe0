package org.openmargin.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openmargin.config.text.SchemaPaths;

/** Compares two messages of the same type. */
final class Differences {
  private static final String NOT_SET = "not set";

  private Differences() {}

  /** {@code path: a -> b} for every field, and every choice, that differs. */
  static List<String> between(Message a, Message b) {
    var before = values(a);
    var after = values(b);
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

  private static Map<String, String> values(Message message) {
    var values = new LinkedHashMap<String, String>();
    collect(message, "", values);
    return values;
  }

  private static void collect(Message message, String section, Map<String, String> values) {
    for (var field : message.getDescriptorForType().getFields()) {
      if (!Defaults.isSet(message, field)) {
        continue;
      }
      var path = SchemaPaths.join(section, field.getName());
      var choice = field.getRealContainingOneof();
      if (choice != null) {
        values.put(SchemaPaths.join(section, choice.getName()), field.getName());
      }
      var value = message.getField(field);
      if (value instanceof Message inner) {
        collect(inner, path, values);
      } else if (field.isMapField()) {
        collectEntries((List<?>) value, path, values);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        var number = 0;
        for (var element : (List<?>) value) {
          collect((Message) element, "%s[%d]".formatted(path, number++), values);
        }
      } else {
        values.put(path, Values.text(value));
      }
    }
  }

  private static void collectEntries(List<?> entries, String path, Map<String, String> values) {
    for (var entry : entries) {
      if (entry instanceof Message pair) {
        var type = pair.getDescriptorForType();
        var key = pair.getField(type.findFieldByName("key"));
        var value = pair.getField(type.findFieldByName("value"));
        values.put(path + "." + key, Values.text(value));
      }
    }
  }
}
