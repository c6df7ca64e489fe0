package org.openmargin.config.text;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Applies {@code path=value} overrides to a draft. Values are read according to the field's type,
 * more leniently than in a file: strings need no quotes, enums no capitals, lists no brackets.
 */
public final class Overrides {
  private static final Pattern INDEXED = Pattern.compile("(.*)\\[([0-9]{1,9})]");
  private static final Pattern COMMA =
      Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)(?=(?:[^']*'[^']*')*[^']*$)");

  private final Draft draft;
  private final Source source;
  private final TextBinder binder;
  private final String path;

  private Overrides(Draft draft, String override) {
    var equals = override.indexOf('=');
    this.draft = draft;
    this.source = Source.override(override, override.substring(equals + 1));
    this.binder = new TextBinder(source, draft);
    this.path = override.substring(0, Math.max(0, equals)).strip();
  }

  /** Applies one override; its errors become problems of the draft. */
  public static void apply(Draft draft, String override) {
    var one = new Overrides(draft, override);
    if (one.path.isEmpty()) {
      one.fail("expected path=value, for example training.epochs=5");
    } else {
      one.descend(draft.message(), "", one.path);
    }
  }

  private void descend(Message.Builder message, String section, String rest) {
    var dot = rest.indexOf('.');
    var segment = dot < 0 ? rest : rest.substring(0, dot);
    var indexed = INDEXED.matcher(segment);
    var name = indexed.matches() ? indexed.group(1) : segment;
    var type = message.getDescriptorForType();
    var field = type.findFieldByName(name);
    if (field != null && dot >= 0 && SchemaPaths.isSection(field)) {
      descend(
          message.getFieldBuilder(field), SchemaPaths.join(section, name), rest.substring(dot + 1));
    } else if (field != null && dot >= 0 && field.isMapField()) {
      putEntry(message, field, rest.substring(dot + 1));
    } else if (field == null || dot >= 0) {
      unknown(message, section);
    } else if (!indexed.matches()) {
      set(message, field);
    } else if (field.isRepeated() && !field.isMapField()) {
      setItem(message, field, Integer.parseInt(indexed.group(2)));
    } else {
      unknown(message, section);
    }
  }

  private void unknown(Message.Builder message, String section) {
    var paths = new SchemaPaths(draft.message().getDescriptorForType());
    fail("unknown field" + paths.adviceForPath(message.getDescriptorForType(), section, path));
  }

  private void set(Message.Builder message, FieldDescriptor field) {
    draft.forget(path);
    draft.put(path, source.whole());
    if (field.isMapField()) {
      fail("set the entries one by one: " + path + ".KEY=VALUE");
      return;
    }
    message.clearField(field);
    ClassNameFields.clearOther(message, field);
    for (var value : field.isRepeated() ? items() : List.of(source.text())) {
      node(field, value).ifPresent(node -> binder.bindValue(field, node, message, path));
    }
  }

  private List<String> items() {
    var list = source.text().strip();
    if (list.startsWith("[") && list.endsWith("]")) {
      list = list.substring(1, list.length() - 1);
    }
    return list.isBlank() ? List.of() : COMMA.splitAsStream(list).map(String::strip).toList();
  }

  private void setItem(Message.Builder message, FieldDescriptor field, int index) {
    var count = message.getRepeatedFieldCount(field);
    draft.forget(path);
    draft.put(path, source.whole());
    if (index >= count) {
      fail(
          "the list has %d values; give all of them: %s=[a, b, c]"
              .formatted(count, path.replaceAll("\\[.*", "")));
    } else {
      scalar(field).ifPresent(value -> message.setRepeatedField(field, index, value));
    }
  }

  /** Sets one entry of a map from string to string. */
  private void putEntry(Message.Builder message, FieldDescriptor field, String key) {
    var entry = message.newBuilderForField(field);
    var type = entry.getDescriptorForType();
    var entries = new ArrayList<Object>();
    for (var old : (List<?>) message.getField(field)) {
      if (old instanceof MapEntry<?, ?> other && !other.getKey().equals(key)) {
        entries.add(old);
      }
    }
    scalar(type.findFieldByName("value"))
        .ifPresent(
            value -> {
              entry.setField(type.findFieldByName("key"), key);
              entry.setField(type.findFieldByName("value"), value);
              entries.add(entry.build());
              message.setField(field, entries);
            });
  }

  private Optional<Object> scalar(FieldDescriptor field) {
    return node(field, source.text()).flatMap(node -> binder.scalar(field, node, path));
  }

  private Optional<Node> node(FieldDescriptor field, String text) {
    var quoted = text.strip().startsWith("\"") || text.strip().startsWith("'");
    var isText =
        field.getJavaType() == FieldDescriptor.JavaType.STRING
            || ClassNameFields.isName(field, text.strip());
    if (isText && !quoted) {
      var token = new Token(Token.Kind.STRING, text, 1, 1);
      return Optional.of(new Node.Scalar(token, token.kind(), text));
    }
    var constant = field.getJavaType() == FieldDescriptor.JavaType.ENUM;
    var strict =
        new Source(source.name(), constant ? text.toUpperCase(Locale.ROOT) : text, List.of());
    var nodes = new ArrayList<Node>();
    new TextParser(strict, draft.problems()).value(nodes);
    return nodes.stream().findFirst();
  }

  private void fail(String message) {
    draft.breakAt(path, source.whole(), message);
  }
}
