package org.openmargin.config;

import com.google.protobuf.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.config.text.SchemaPaths;

/** The values of a message by dotted path, as text. */
public final class MessageFields {
  private MessageFields() {}

  /**
   * Every field and every choice that is set, in the order of the schema. An entry of a map is
   * {@code map.key}; a message in a list is {@code list.name} if it has a name, else {@code
   * list.0}.
   */
  public static Map<String, String> of(Message message) {
    var values = new LinkedHashMap<String, String>();
    collect(message, "", values);
    return Collections.unmodifiableMap(values);
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
      } else if (SchemaPaths.isListOfSections(field)) {
        collectItems((List<?>) value, path, values);
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

  private static void collectItems(List<?> items, String path, Map<String, String> values) {
    for (var i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Message item) {
        collect(item, path + "." + name(item, i), values);
      }
    }
  }

  private static String name(Message item, int index) {
    var name = item.getDescriptorForType().findFieldByName("name");
    return name == null || !(item.getField(name) instanceof String text) || text.isEmpty()
        ? Integer.toString(index)
        : text;
  }
}
