package org.openmargin.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.text.SchemaPaths;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.OptionsProto;

/**
 * The fields that are paths: those that the schema marks with {@code (openmargin.v1.place)}. Java
 * code does not list them, so a new data source only has to mark its own.
 */
public final class PathFields {
  private PathFields() {}

  private interface Change {
    void of(Message.Builder message, FieldDescriptor field);
  }

  /** Resolves relative paths against the working directory. */
  public static ExperimentConfig absolute(ExperimentConfig experiment) {
    var absolute = experiment.toBuilder();
    change(
        absolute,
        (message, field) -> {
          var path = (String) message.getField(field);
          if (!path.isEmpty()) {
            message.setField(field, Path.of(path).toAbsolutePath().normalize().toString());
          }
        });
    return absolute.build();
  }

  /** Without paths: what can be given away. */
  public static ExperimentConfig removed(ExperimentConfig experiment) {
    var portable = experiment.toBuilder();
    clear(portable);
    return portable.build();
  }

  static void clear(Message.Builder message) {
    change(message, Message.Builder::clearField);
  }

  /** The dotted paths of those that are empty, in sections that are set. */
  static List<String> empty(Message message) {
    var paths = new ArrayList<String>();
    empty(message, "", paths);
    return paths;
  }

  private static void empty(Message message, String section, List<String> paths) {
    for (var field : message.getDescriptorForType().getFields()) {
      var path = SchemaPaths.join(section, field.getName());
      if (SchemaPaths.isListOfSections(field)) {
        emptyInside(message, field, path, paths);
      } else if (SchemaPaths.isSection(field) && message.hasField(field)) {
        empty((Message) message.getField(field), path, paths);
      } else if (field.getOptions().getExtension(OptionsProto.place)
          && message.getField(field).equals("")) {
        paths.add(path);
      }
    }
  }

  private static void emptyInside(
      Message message, FieldDescriptor field, String path, List<String> paths) {
    for (var i = 0; i < message.getRepeatedFieldCount(field); i++) {
      empty((Message) message.getRepeatedField(field, i), "%s[%d]".formatted(path, i), paths);
    }
  }

  private static void change(Message.Builder message, Change change) {
    for (var field : message.getAllFields().keySet()) {
      if (SchemaPaths.isListOfSections(field)) {
        for (var i = 0; i < message.getRepeatedFieldCount(field); i++) {
          change(message.getRepeatedFieldBuilder(field, i), change);
        }
      } else if (SchemaPaths.isSection(field)) {
        change(message.getFieldBuilder(field), change);
      } else if (field.getOptions().getExtension(OptionsProto.place)) {
        change.of(message, field);
      }
    }
  }
}
