package org.openmargin.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import org.openmargin.config.text.SchemaPaths;

/**
 * The fields and choices of a message that are set, in the order of the schema, by dotted path. An
 * entry of a map is {@code map.key}; a message in a list is {@code list.name} if it has a name,
 * else {@code list.0}.
 */
final class SetFields {
  /** Receives them. */
  interface Visitor {
    /**
     * Which of several fields is set.
     *
     * @param path of the choice
     * @param name of the field
     */
    void choice(String path, String name);

    /**
     * @param value a scalar, or a list of scalars
     */
    void value(String path, FieldDescriptor field, Object value);
  }

  private final Visitor visitor;

  private SetFields(Visitor visitor) {
    this.visitor = visitor;
  }

  static void visit(Message message, Visitor visitor) {
    new SetFields(visitor).section(message, "");
  }

  private void section(Message message, String section) {
    for (var field : message.getDescriptorForType().getFields()) {
      if (!Defaults.isSet(message, field)) {
        continue;
      }
      var path = SchemaPaths.join(section, field.getName());
      var choice = field.getRealContainingOneof();
      if (choice != null) {
        visitor.choice(SchemaPaths.join(section, choice.getName()), field.getName());
      }
      var value = message.getField(field);
      if (value instanceof Message inner) {
        section(inner, path);
      } else if (field.isMapField()) {
        entries((List<?>) value, path);
      } else if (SchemaPaths.isListOfSections(field)) {
        items((List<?>) value, path);
      } else {
        visitor.value(path, field, value);
      }
    }
  }

  private void entries(List<?> entries, String path) {
    for (var entry : entries) {
      if (entry instanceof Message pair) {
        var type = pair.getDescriptorForType();
        var key = pair.getField(type.findFieldByName("key"));
        var field = type.findFieldByName("value");
        visitor.value(path + "." + key, field, pair.getField(field));
      }
    }
  }

  private void items(List<?> items, String path) {
    for (var i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Message item) {
        section(item, path + "." + name(item, i));
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
