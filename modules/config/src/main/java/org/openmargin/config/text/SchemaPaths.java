package org.openmargin.config.text;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The dotted paths of all fields of a message type.
 *
 * @param root type of the top-level message
 */
public record SchemaPaths(Descriptor root) {
  /** Longest list of allowed names that is shown. */
  private static final int SHORT = 12;

  /** Every path in schema order, sections before their fields. */
  public List<String> all() {
    var paths = new ArrayList<String>();
    collect(root, "", paths);
    return paths;
  }

  private static void collect(Descriptor message, String prefix, List<String> paths) {
    for (var field : message.getFields()) {
      var path = prefix + field.getName();
      paths.add(path);
      if (isSection(field)) {
        collect(field.getMessageType(), path + ".", paths);
      }
    }
  }

  /**
   * The values that a path can have, if they are few: constants in small letters, true and false.
   */
  public List<String> values(String path) {
    var message = root;
    var names = path.split("\\.", -1);
    for (var i = 0; i < names.length; i++) {
      var field = message.findFieldByName(names[i]);
      if (field == null) {
        return List.of();
      }
      if (i == names.length - 1) {
        return values(field);
      }
      if (!isSection(field)) {
        return List.of();
      }
      message = field.getMessageType();
    }
    return List.of();
  }

  private static List<String> values(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case BOOLEAN -> List.of("true", "false");
      case ENUM ->
          field.getEnumType().getValues().stream()
              .filter(constant -> constant.getNumber() != 0)
              .map(constant -> constant.getName().toLowerCase(Locale.ROOT))
              .toList();
      default -> List.of();
    };
  }

  /** Whether the field contains fields that a path can name. */
  public static boolean isSection(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
  }

  /** Whether the field is a list of messages; the entries of a map are none. */
  public static boolean isListOfSections(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.isRepeated()
        && !field.isMapField();
  }

  static List<String> names(Descriptor message) {
    return message.getFields().stream().map(FieldDescriptor::getName).toList();
  }

  /** {@code name} within {@code section}, which is empty at the top level. */
  public static String join(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  /**
   * Suggestions for {@code name}, which {@code message} at {@code section} does not have: a similar
   * name there, the same name elsewhere, and all names there if they are few.
   */
  String advice(Descriptor message, String section, String name) {
    var near = Suggestions.near(name, names(message));
    return didYouMean(near.isEmpty() ? elsewhere(join(section, name)) : near)
        + allowed(message, section);
  }

  /** Like {@link #advice}, for a full path given on the command line. */
  String adviceForPath(Descriptor message, String section, String path) {
    var near = elsewhere(path);
    return didYouMean(near.isEmpty() ? Suggestions.near(path, all()) : near)
        + allowed(message, section);
  }

  /**
   * Paths that end in the same name: those similar to {@code path}, else those in the same
   * top-level section, else all.
   */
  private List<String> elsewhere(String path) {
    var name = path.substring(path.lastIndexOf('.') + 1);
    var same = all().stream().filter(known -> ("." + known).endsWith("." + name)).toList();
    var near = Suggestions.near(path, same);
    var top = path.substring(0, path.indexOf('.') + 1);
    var here = same.stream().filter(known -> known.startsWith(top)).toList();
    return !near.isEmpty() ? near : !here.isEmpty() ? here : same;
  }

  private static String didYouMean(List<String> near) {
    return near.isEmpty()
        ? "."
        : near.stream().limit(3).collect(Collectors.joining("' or '", ", did you mean '", "'?"));
  }

  private static String allowed(Descriptor message, String section) {
    var names = names(message);
    if (names.isEmpty()) {
      return " " + section + " has no fields.";
    }
    if (names.size() > SHORT) {
      return "";
    }
    return (section.isEmpty() ? " Fields: " : " Fields of " + section + ": ")
        + String.join(", ", names);
  }
}
