package org.openmargin.report;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.report.plot.Numbers;

/**
 * What was trained, as names and values for people. Of paths only the last part is shown, because a
 * page may be given away.
 */
record RunSettings(ExperimentConfig experiment) {

  Map<String, String> table() {
    var table = new LinkedHashMap<String, String>();
    table.put("loss", choice(experiment.getLoss()));
    table.put("backbone", choice(experiment.getModel()));
    table.put("images", images());
    table.put("data", choice(experiment.getData()));
    table.put("training", training());
    table.put("augmentation", settings(experiment.getTraining().getAugmentation()));
    table.put("seed", Long.toString(experiment.getRuntime().getSeed()));
    table.values().removeIf(String::isBlank);
    return table;
  }

  private String images() {
    var data = experiment.getData();
    var side = data.getImageSizePx();
    var size =
        side == 0
            ? "in the size of the data"
            : "%1$s \u00d7 %1$s px".formatted(Numbers.count(side));
    var crop = data.getCentreCropPx();
    return crop == 0
        ? size
        : size + ", of the middle %1$s \u00d7 %1$s px".formatted(Numbers.count(crop));
  }

  private String training() {
    var training = experiment.getTraining();
    return "%s epochs, batches of %s; %s"
        .formatted(
            Numbers.count(training.getEpochs()),
            Numbers.count(training.getBatchSize()),
            choice(training));
  }

  /** What is chosen among several, each with its settings. */
  private static String choice(Message message) {
    return message.getAllFields().entrySet().stream()
        .filter(e -> e.getKey().getRealContainingOneof() != null)
        .filter(e -> e.getValue() instanceof Message)
        .map(e -> named(e.getKey(), (Message) e.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String named(FieldDescriptor field, Message message) {
    var inside = settings(message);
    var name = words(field);
    return inside.isEmpty() ? name : name + ": " + inside;
  }

  /** Settings that are not zero or off. */
  private static String settings(Message message) {
    return message.getAllFields().entrySet().stream()
        .map(e -> setting(e.getKey(), e.getValue()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> setting(FieldDescriptor field, Object value) {
    if (value instanceof Message inner) {
      var inside = settings(inner);
      return Optional.of(
          inside.isEmpty() ? words(field) : "%s (%s)".formatted(words(field), inside));
    }
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? Optional.empty()
          : Optional.of(
              words(field)
                  + list.stream()
                      .map(RunSettings::text)
                      .collect(Collectors.joining(", ", " ", "")));
    }
    if (value.equals(true)) {
      return Optional.of(words(field));
    }
    var isNothing = value.equals(false) || (value instanceof Number n && n.doubleValue() == 0);
    return isNothing ? Optional.empty() : Optional.of(words(field) + " " + text(value));
  }

  private static String text(Object value) {
    if (value instanceof Message message) {
      return "(" + settings(message) + ")";
    }
    if (value instanceof EnumValueDescriptor constant) {
      return constant.getName();
    }
    if (value instanceof Double || value instanceof Float) {
      return Numbers.score(((Number) value).doubleValue());
    }
    return value.toString().replaceFirst("^.*[/\\\\](?=.)", "").replaceFirst("[/\\\\]$", "");
  }

  private static String words(FieldDescriptor field) {
    return field.getName().replace('_', ' ');
  }
}
