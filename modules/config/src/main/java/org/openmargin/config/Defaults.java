package org.openmargin.config;

import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.config.text.SchemaPaths;
import org.openmargin.config.v1.OptionsProto;

/**
 * The only place where the schema's defaults become values: {@code [default = ...]}, and {@code
 * (openmargin.v1.default_list)} for lists. Never fills in choices (oneofs) or required messages.
 */
final class Defaults {
  private Defaults() {}

  /** The default of a scalar or a list of scalars, if it has one. */
  static Optional<Object> of(FieldDescriptor field) {
    if (field.isRepeated()) {
      var list = field.getOptions().getExtension(OptionsProto.defaultList);
      return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }
    return field.hasDefaultValue() ? Optional.of(field.getDefaultValue()) : Optional.empty();
  }

  /**
   * Sets every unset field that has a default, nested messages included; messages in lists get no
   * sections that they do not have.
   */
  static void fill(Message.Builder message) {
    fill(message, true);
  }

  private static void fill(Message.Builder message, boolean sections) {
    for (var field : message.getDescriptorForType().getFields()) {
      if (SchemaPaths.isListOfSections(field)) {
        elements(message, field).forEach(element -> fill(element, false));
      } else if (!SchemaPaths.isSection(field)) {
        if (!isSet(message, field)) {
          of(field).ifPresent(value -> message.setField(field, value));
        }
      } else if (message.hasField(field) || (sections && isOptional(field))) {
        fill(message.getFieldBuilder(field), sections);
      }
    }
  }

  /** Undoes {@link #fill}: clears fields that equal their default, and sections left empty. */
  static void clear(Message.Builder message) {
    for (var field : message.getDescriptorForType().getFields()) {
      if (!isSet(message, field)) {
        continue;
      }
      if (SchemaPaths.isListOfSections(field)) {
        elements(message, field).forEach(Defaults::clear);
      } else if (!SchemaPaths.isSection(field)) {
        of(field)
            .filter(value -> value.equals(message.getField(field)))
            .ifPresent(value -> message.clearField(field));
      } else {
        clear(message.getFieldBuilder(field));
        if (isOptional(field) && message.getFieldBuilder(field).getAllFields().isEmpty()) {
          message.clearField(field);
        }
      }
    }
  }

  private static List<Message.Builder> elements(Message.Builder message, FieldDescriptor field) {
    return IntStream.range(0, message.getRepeatedFieldCount(field))
        .mapToObj(i -> message.getRepeatedFieldBuilder(field, i))
        .toList();
  }

  /** Whether a value was given; an empty list counts as unset. */
  static boolean isSet(MessageOrBuilder message, FieldDescriptor field) {
    return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
  }

  private static boolean isOptional(FieldDescriptor field) {
    return field.getContainingOneof() == null
        && !field.getOptions().getExtension(ValidateProto.field).getRequired();
  }
}
