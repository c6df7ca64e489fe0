package org.openmargin.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/** Writes a message as a text proto: fields in schema order, lists of scalars as {@code [a, b]}. */
final class TextPrinter {
  private final StringBuilder text = new StringBuilder();

  private TextPrinter() {}

  static String print(Message message) {
    var printer = new TextPrinter();
    printer.fields(message, "");
    return printer.text.toString();
  }

  private void fields(Message message, String indent) {
    for (var field : message.getDescriptorForType().getFields()) {
      if (Defaults.isSet(message, field)) {
        field(field, message.getField(field), indent);
      }
    }
  }

  private void field(FieldDescriptor field, Object value, String indent) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      text.append(indent).append(field.getName()).append(": ").append(Values.text(value));
      text.append('\n');
    } else if (value instanceof List<?> list) {
      list.forEach(item -> field(field, item, indent));
    } else if (value instanceof Message block) {
      text.append(indent).append(field.getName()).append(" {");
      int start = text.length();
      fields(block, indent + "  ");
      if (text.length() == start) {
        text.append("}\n");
      } else {
        text.insert(start, "\n").append(indent).append("}\n");
      }
    }
  }
}
