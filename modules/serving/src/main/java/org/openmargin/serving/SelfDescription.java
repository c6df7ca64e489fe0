package org.openmargin.serving;

import java.util.List;
import java.util.Map;

/**
 * A loaded model's answer to its signature {@code describe}.
 *
 * @param classNames in label order
 * @param alpha target rejection probability of known images
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

  public static SelfDescription of(LoadedModel model) {
    try (var query = TensorProtos.strings(List.of(new byte[0]));
        var answers = model.call(ModelContract.DESCRIBE, Map.of(ModelContract.QUERY, query))) {
      return new SelfDescription(
          answers.strings(ModelContract.MODEL).get(0),
          answers.strings(ModelContract.SCORER).get(0),
          answers.strings(ModelContract.CLASS_NAMES),
          answers.doubles(ModelContract.ALPHA)[0],
          answers.doubles(ModelContract.THRESHOLD)[0],
          answers.strings(ModelContract.DESCRIPTION).get(0));
    }
  }
}
