package org.openmargin.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import org.openmargin.config.text.ScalarReader;
import org.openmargin.config.text.SchemaPaths;

/**
 * Writes an experiment as a text proto. Each field follows its schema comment and shows whether its
 * value is the default; each choice lists its alternatives. Unset fields are commented out.
 */
final class CommentedPrinter {
  private final SchemaComments comments;
  private final StringBuilder text = new StringBuilder();

  private CommentedPrinter(SchemaComments comments) {
    this.comments = comments;
  }

  /**
   * @param message with resolved defaults
   */
  static String print(Message message, SchemaComments comments) {
    var printer = new CommentedPrinter(comments);
    printer.fields(message, "");
    return printer.text.toString();
  }

  private void fields(Message message, String indent) {
    var separator = "";
    for (var field : message.getDescriptorForType().getFields()) {
      var choice = field.getRealContainingOneof();
      boolean set = Defaults.isSet(message, field);
      if (choice != null && !set) {
        continue;
      }
      text.append(separator);
      comment(comments.of(field), indent);
      if (choice != null) {
        alternatives(choice, indent);
      }
      if (SchemaPaths.isSection(field)) {
        section(field, message, indent);
      } else {
        leaf(field, message, set, indent);
      }
      separator = indent.length() < 4 ? "\n" : "";
    }
  }

  private void alternatives(OneofDescriptor choice, String indent) {
    var names = choice.getFields().stream().map(FieldDescriptor::getName).toList();
    comment(List.of("One of: " + String.join(", ", names) + "."), indent);
  }

  private void section(FieldDescriptor field, Message message, String indent) {
    text.append(indent).append(field.getName());
    if (field.getMessageType().getFields().isEmpty()) {
      text.append(" {}\n");
      return;
    }
    text.append(" {\n");
    if (message.getField(field) instanceof Message inner) {
      fields(inner, indent + "  ");
    }
    text.append(indent).append("}\n");
  }

  private void leaf(FieldDescriptor field, Message message, boolean set, String indent) {
    if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
      constants(field, indent);
    }
    if (field.isMapField()) {
      map(field, message, indent);
      return;
    }
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      elements(field, message, indent);
      return;
    }
    text.append(indent);
    if (!set) {
      text.append("# ").append(field.getName()).append(": ").append(example(field));
      text.append("  # not set\n");
      return;
    }
    var value = message.getField(field);
    text.append(field.getName()).append(": ").append(Values.text(value)).append("  # ");
    var standard = Defaults.of(field);
    if (standard.isEmpty()) {
      text.append("set\n");
    } else if (standard.get().equals(value)) {
      text.append("default\n");
    } else {
      text.append("set; default: ").append(Values.text(standard.get())).append('\n');
    }
  }

  private void map(FieldDescriptor field, Message message, String indent) {
    if (message.getRepeatedFieldCount(field) == 0) {
      text.append(indent).append("# ").append(field.getName());
      text.append(" { key: \"name\" value: \"value\" }  # not set\n");
    } else {
      alone(field, message, indent);
    }
  }

  private void elements(FieldDescriptor field, Message message, String indent) {
    if (message.getRepeatedFieldCount(field) == 0) {
      text.append(indent).append("# ").append(field.getName()).append(" { ... }  # not set\n");
    } else {
      alone(field, message, indent);
    }
  }

  private void alone(FieldDescriptor field, Message message, String indent) {
    var only =
        message.getDefaultInstanceForType().toBuilder()
            .setField(field, message.getField(field))
            .build();
    TextPrinter.print(only).lines().forEach(line -> text.append(indent).append(line).append('\n'));
  }

  private static String example(FieldDescriptor field) {
    var value =
        switch (field.getJavaType()) {
          case STRING -> "\"\"";
          case ENUM -> ScalarReader.constants(field).get(0);
          default -> "0";
        };
    return field.isRepeated() ? "[" + value + "]" : value;
  }

  /** The values of an enum: with their meanings if the schema gives any, else on one line. */
  private void constants(FieldDescriptor field, String indent) {
    var constants =
        field.getEnumType().getValues().stream().filter(value -> value.getNumber() != 0).toList();
    if (constants.stream().allMatch(constant -> comments.of(constant).isEmpty())) {
      comment(List.of("One of: " + String.join(", ", ScalarReader.constants(field)) + "."), indent);
      return;
    }
    for (var constant : constants) {
      var meaning = String.join(" ", comments.of(constant));
      var colon = meaning.isEmpty() ? "" : ": ";
      comment(List.of("  " + constant.getName() + colon + meaning), indent);
    }
  }

  private void comment(List<String> lines, String indent) {
    for (var line : lines) {
      text.append(indent).append("# ").append(line).append('\n');
    }
  }
}
