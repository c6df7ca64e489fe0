package org.openmargin.config;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.config.v1.ExperimentConfig;

/** The settings of an experiment as a flat table, for tools that compare runs. */
public final class Hyperparameters {
  /** Beginnings of the paths that are most often of interest: a table shows them first. */
  private static final List<String> FIRST =
      List.of(
          "loss.kind",
          "training.optimizer",
          "training.epochs",
          "training.batch_size",
          "training.",
          "loss.",
          "model.",
          "scoring.");

  private Hyperparameters() {}

  /**
   * Everything that decides the results, by dotted path, what is compared most often first:
   * numbers, truth values, and texts (names of choices in small letters, lists in brackets). Where
   * files are is not among them.
   */
  public static Map<String, Value> of(ExperimentConfig experiment) {
    var values = new TreeMap<String, Value>();
    SetFields.visit(
        Digest.deciding(Experiments.resolve(experiment)).build(),
        new SetFields.Visitor() {
          @Override
          public void choice(String path, String name) {
            values.put(path, text(name));
          }

          @Override
          public void value(String path, FieldDescriptor field, Object value) {
            values.put(path, Hyperparameters.value(field, value));
          }
        });
    var ordered = new LinkedHashMap<String, Value>();
    for (var section : FIRST) {
      values.forEach(
          (path, value) -> {
            if (path.startsWith(section)) {
              ordered.put(path, value);
            }
          });
    }
    values.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private static Value value(FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      return text(Values.text(value));
    }
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE ->
          Value.newBuilder().setNumberValue(((Number) value).doubleValue()).build();
      case BOOLEAN -> Value.newBuilder().setBoolValue((Boolean) value).build();
      case ENUM -> text(((EnumValueDescriptor) value).getName().toLowerCase(Locale.ROOT));
      default -> text(value.toString());
    };
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
