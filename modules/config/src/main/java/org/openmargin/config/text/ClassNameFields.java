package org.openmargin.config.text;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openmargin.config.v1.OptionsProto;

/**
 * Lists of class ids that may also be given as names: the schema marks them with {@code
 * (openmargin.v1.names)}, and the names go to the field of that name. Both together are one list.
 */
final class ClassNameFields {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|[0-9]+|[0-9]*\\.[0-9]+)");

  private ClassNameFields() {}

  /** The field for the names; empty if {@code field} takes none. */
  static Optional<FieldDescriptor> of(FieldDescriptor field) {
    var name = field.getOptions().getExtension(OptionsProto.names);
    return Optional.ofNullable(field.getContainingType().findFieldByName(name));
  }

  /** Whether {@code text}, which is not quoted, is a name and not an id. */
  static boolean isName(FieldDescriptor field, String text) {
    return of(field).isPresent() && !NUMBER.matcher(text).matches();
  }

  /** Empties the other field of the pair, before one of them is set anew. */
  static void clearOther(Message.Builder message, FieldDescriptor field) {
    of(field).ifPresent(message::clearField);
    for (var other : field.getContainingType().getFields()) {
      if (of(other).filter(field::equals).isPresent()) {
        message.clearField(other);
      }
    }
  }
}
