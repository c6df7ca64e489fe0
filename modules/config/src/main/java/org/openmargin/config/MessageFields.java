package org.openmargin.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
    SetFields.visit(
        message,
        new SetFields.Visitor() {
          @Override
          public void choice(String path, String name) {
            values.put(path, name);
          }

          @Override
          public void value(String path, FieldDescriptor field, Object value) {
            values.put(path, Values.text(value));
          }
        });
    return Collections.unmodifiableMap(values);
  }
}
