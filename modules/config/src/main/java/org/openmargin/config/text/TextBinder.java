package org.openmargin.config.text;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a message from the nodes of a text. Unknown fields and bad values become problems of the
 * draft; everything else is set, so that one mistake does not hide the next.
 */
public final class TextBinder {
  private final Source source;
  private final Draft draft;

  public TextBinder(Source source, Draft draft) {
    this.source = source;
    this.draft = draft;
  }

  /**
   * @param section path of {@code message}; empty at the top level
   */
  public void bind(Node.Block block, Message.Builder message, String section) {
    var seen = new HashMap<String, Token>();
    for (var entry : block.entries()) {
      var field = message.getDescriptorForType().findFieldByName(entry.name().text());
      if (field == null) {
        unknown(entry.name(), message, section);
      } else if (isFirst(field, entry, seen, section)) {
        bindField(field, entry, message, SchemaPaths.join(section, field.getName()));
      }
    }
  }

  private void unknown(Token name, Message.Builder message, String section) {
    var type = message.getDescriptorForType();
    Suggestions.nearest(name.text(), SchemaPaths.names(type))
        .ifPresent(near -> draft.meant(SchemaPaths.join(section, near)));
    draft.breakAt(
        SchemaPaths.join(section, name.text()),
        source.at(name),
        "unknown field"
            + new SchemaPaths(draft.message().getDescriptorForType())
                .advice(type, section, name.text()));
  }

  /** A field or oneof may be given only once; the second time is a mistake and must not win. */
  private boolean isFirst(
      FieldDescriptor field, Node.Entry entry, Map<String, Token> seen, String section) {
    if (field.isRepeated()) {
      return true;
    }
    var choice = field.getRealContainingOneof();
    var before =
        seen.putIfAbsent(choice == null ? field.getName() : choice.getName(), entry.name());
    if (before == null) {
      return true;
    }
    var where = source.lines().isEmpty() ? "" : " on line " + before.line();
    var message =
        before.text().equals(field.getName())
            ? "is given twice, first" + where
            : "only one "
                + choice.getName()
                + " can be given, and "
                + before.text()
                + " is given"
                + where;
    draft.breakAt(SchemaPaths.join(section, field.getName()), source.at(entry.name()), message);
    return false;
  }

  private void bindField(
      FieldDescriptor field, Node.Entry entry, Message.Builder message, String path) {
    draft.put(path, source.at(entry.name()));
    if (!entry.colon() && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      draft.breakAt(path, source.at(entry.value().at()), "expected ':' before the value");
    } else {
      bindValue(field, entry.value(), message, path);
    }
  }

  /** Sets a scalar, adds to a list, or merges into a message. */
  void bindValue(FieldDescriptor field, Node value, Message.Builder message, String path) {
    if (field.isRepeated()) {
      var items = value instanceof Node.Sequence list ? list.items() : List.of(value);
      for (var item : items) {
        bindItem(field, item, message, path);
      }
    } else if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      draft.put(path, source.at(value.at()));
      scalar(field, value, path).ifPresent(read -> message.setField(field, read));
    } else if (value instanceof Node.Block block) {
      bind(block, message.getFieldBuilder(field), path);
    } else {
      expectedBlock(field, value, path);
    }
  }

  private void bindItem(FieldDescriptor field, Node item, Message.Builder message, String list) {
    if (item instanceof Node.Scalar scalar && scalar.kind() != Token.Kind.NUMBER) {
      var names = ClassNameFields.of(field);
      if (names.isPresent()) {
        draft.put(list, source.at(item.at()));
        message.addRepeatedField(names.get(), scalar.text());
        return;
      }
    }
    var path = list + "[" + message.getRepeatedFieldCount(field) + "]";
    draft.put(path, source.at(item.at()));
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      scalar(field, item, path).ifPresent(value -> message.addRepeatedField(field, value));
    } else if (item instanceof Node.Block block) {
      var element = message.newBuilderForField(field);
      bind(block, element, path);
      message.addRepeatedField(field, element.build());
    } else {
      expectedBlock(field, item, path);
    }
  }

  private void expectedBlock(FieldDescriptor field, Node value, String path) {
    draft.breakAt(
        path, source.at(value.at()), "expected fields in braces: " + field.getName() + " { ... }");
  }

  /** The value of a scalar; empty, with a problem in the draft, if it has none. */
  Optional<Object> scalar(FieldDescriptor field, Node value, String path) {
    try {
      if (value instanceof Node.Scalar scalar) {
        return Optional.of(ScalarReader.read(field, scalar));
      }
      throw new ScalarReader.BadValue("expected one value, found '" + value.at().text() + "'");
    } catch (ScalarReader.BadValue e) {
      draft.breakAt(path, source.at(value.at()), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
