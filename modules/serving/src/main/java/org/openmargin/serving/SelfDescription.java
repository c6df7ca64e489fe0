package org.openmargin.serving;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openmargin.files.image.LevelRule;

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

  private static final Pattern LEVELS =
      Pattern.compile("\"%s\":\\s*\"([^\"]*)\"".formatted(ModelContract.LEVELS));

  /**
   * How values of more than 8 bits become levels: files are converted by it before the graph sees
   * them.
   *
   * @throws ModelException if the model states a rule that is not known here
   */
  public LevelRule levels() {
    var stated = LEVELS.matcher(description);
    try {
      return stated.find() ? LevelRule.parse(stated.group(1)) : LevelRule.DEFAULT;
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

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
