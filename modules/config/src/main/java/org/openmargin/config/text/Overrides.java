package org.openmargin.config.text;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies {@code path=value} overrides to a draft. A value is read as the type that the schema
 * gives its field, more leniently than in a file: strings need no quotes, enums no capitals, lists
 * no brackets.
 */
public final class Overrides {
  private static final Pattern INDEXED = Pattern.compile("(.*)\\[([0-9]{1,9})]");
  private static final Pattern COMMA =
      Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)(?=(?:[^']*'[^']*')*[^']*$)");

  private final Draft draft;
  private final String override;
  private final String path;
  private final String value;

  private Overrides(Draft draft, String override) {
    int equals = override.indexOf('=');
    this.draft = draft;
    this.override = override;
    this.path = override.substring(0, Math.max(0, equals)).strip();
    this.value = override.substring(equals + 1);
  }

  /**
   * Applies one override; what is wrong with it becomes a problem of the draft.
   *
   * @param override for example {@code training.epochs=5}
   */
  public static void apply(Draft draft, String override) {
    Overrides one = new Overrides(draft, override);
    if (one.path.isEmpty()) {
      one.fail("expected path=value, for example training.epochs=5");
    } else {
      one.descend(draft.message(), "", one.path);
    }
  }

  private void descend(Message.Builder message, String section, String rest) {
    int dot = rest.indexOf('.');
    String segment = dot < 0 ? rest : rest.substring(0, dot);
    Matcher indexed = INDEXED.matcher(segment);
    String name = indexed.matches() ? indexed.group(1) : segment;
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    boolean last = dot < 0;
    if (field != null && !last && SchemaPaths.isSection(field)) {
      descend(
          message.getFieldBuilder(field), SchemaPaths.join(section, name), rest.substring(dot + 1));
    } else if (field != null && !last && field.isMapField()) {
      putEntry(message, field, rest.substring(dot + 1));
    } else if (field == null || !last || (indexed.matches() && !isList(field))) {
      fail(
          "unknown field"
              + new SchemaPaths(draft.message().getDescriptorForType())
                  .adviceForPath(message.getDescriptorForType(), section, path));
    } else if (indexed.matches()) {
      setItem(message, field, Integer.parseInt(indexed.group(2)));
    } else {
      set(message, field);
    }
  }

  private static boolean isList(FieldDescriptor field) {
    return field.isRepeated() && !field.isMapField();
  }

  private void set(Message.Builder message, FieldDescriptor field) {
    draft.forget(path);
    draft.put(path, source(value).whole());
    if (field.isMapField()) {
      fail("give the entries one by one: " + path + ".KEY=VALUE");
    } else if (field.isRepeated()) {
      message.clearField(field);
      for (String item : items()) {
        scalar(field, item).ifPresent(read -> message.addRepeatedField(field, read));
      }
    } else if (SchemaPaths.isSection(field)) {
      message.clearField(field);
      parse(value)
          .ifPresent(
              node -> new TextBinder(source(value), draft).bindMessage(field, node, message, path));
    } else {
      scalar(field, value).ifPresent(read -> message.setField(field, read));
    }
  }

  private List<String> items() {
    String list = value.strip();
    if (list.startsWith("[") && list.endsWith("]")) {
      list = list.substring(1, list.length() - 1);
    }
    return list.isBlank() ? List.of() : COMMA.splitAsStream(list).map(String::strip).toList();
  }

  private void setItem(Message.Builder list, FieldDescriptor field, int index) {
    int count = list.getRepeatedFieldCount(field);
    draft.forget(path);
    draft.put(path, source(value).whole());
    if (index >= count) {
      fail(
          "the list has "
              + count
              + " values; give all of them: "
              + path.replaceAll("\\[.*", "=[a, b, c]"));
    } else {
      scalar(field, value).ifPresent(read -> list.setRepeatedField(field, index, read));
    }
  }

  /** Puts one entry into a map from string to string. */
  private void putEntry(Message.Builder message, FieldDescriptor field, String key) {
    List<Object> entries = new ArrayList<>();
    for (Object entry : (List<?>) message.getField(field)) {
      if (entry instanceof MapEntry<?, ?> old && !old.getKey().equals(key)) {
        entries.add(old);
      }
    }
    Message.Builder entry = message.newBuilderForField(field);
    FieldDescriptor valueField = entry.getDescriptorForType().findFieldByName("value");
    scalar(valueField, value)
        .ifPresent(
            read -> {
              entry.setField(entry.getDescriptorForType().findFieldByName("key"), key);
              entry.setField(valueField, read);
              entries.add(entry.build());
              message.setField(field, entries);
            });
  }

  private Optional<Object> scalar(FieldDescriptor field, String text) {
    try {
      Optional<Node> node = node(field, text);
      if (node.isPresent() && node.get() instanceof Node.Scalar scalar) {
        return Optional.of(ScalarReader.read(field, scalar));
      }
      node.ifPresent(other -> fail("expected one value, found '" + text + "'"));
    } catch (ScalarReader.BadValue e) {
      fail(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<Node> node(FieldDescriptor field, String text) {
    boolean quoted = text.strip().startsWith("\"") || text.strip().startsWith("'");
    if (field.getJavaType() == FieldDescriptor.JavaType.STRING && !quoted) {
      Token token = new Token(Token.Kind.STRING, text, 1, 1);
      return Optional.of(new Node.Scalar(token, token.kind(), text));
    }
    boolean constant = field.getJavaType() == FieldDescriptor.JavaType.ENUM;
    return parse(constant ? text.toUpperCase(Locale.ROOT) : text);
  }

  private Optional<Node> parse(String text) {
    List<Node> nodes = new ArrayList<>();
    new TextParser(source(text), draft.problems()).value(nodes);
    return nodes.stream().findFirst();
  }

  private Source source(String text) {
    return Source.override(override, text);
  }

  private void fail(String message) {
    draft.breakAt(path, Place.whole("--set " + override), message);
  }
}
