package org.openmargin.serving;

import java.util.List;
import java.util.Map;

/**
 * What a loaded model says of itself by its signature {@code describe}.
 *
 * @param model name
 * @param scorer name of the scorer
 * @param classNames in label order
 * @param alpha wanted rejection probability of known images
 * @param threshold unknown scores above it mean "unknown"
 * @param description text of {@code open_set.json}
 */
public record SelfDescription(
    String model,
    String scorer,
    List<String> classNames,
    double alpha,
    double threshold,
    String description) {

  static SelfDescription of(LoadedModel model) {
    try (var query = TensorProtos.strings(List.of(new byte[0]));
        var answers = model.call(ModelContract.DESCRIBE, Map.of("query", query))) {
      return new SelfDescription(
          answers.strings("model").get(0),
          answers.strings("scorer").get(0),
          answers.strings("class_names"),
          answers.doubles("alpha")[0],
          answers.doubles("threshold")[0],
          answers.strings("description").get(0));
    }
  }
}
