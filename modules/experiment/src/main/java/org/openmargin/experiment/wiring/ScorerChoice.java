package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.stream.Stream;
import org.openmargin.config.text.Suggestions;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.scoring.scorer.ScorerType;

/** Which scorers an evaluation reports; the experiment's deciding one is always included. */
public sealed interface ScorerChoice {

  /** Those listed in the experiment, or {@link ScorerType#REPORTED} if it lists none. */
  record OfExperiment() implements ScorerChoice {}

  /** All that the head supports. Some are first fitted to the training images, in seconds. */
  record All() implements ScorerChoice {}

  /** These, in report order; duplicates are dropped. */
  record Listed(List<ScorerType> types) implements ScorerChoice {
    public Listed {
      types = types.stream().distinct().toList();
    }
  }

  /**
   * @param text {@code all}, or comma-separated names of scorers; case does not matter
   * @throws RunException for an unknown name
   */
  static ScorerChoice parse(String text) {
    if (text.strip().equalsIgnoreCase("all")) {
      return new All();
    }
    return new Listed(Stream.of(text.split(",", -1)).map(ScorerChoice::named).toList());
  }

  private static ScorerType named(String name) {
    return ScorerType.named(name.strip())
        .orElseThrow(
            () ->
                new RunException(
                    "there is no scorer '%s'%s; give all, or a comma-separated list of %s"
                        .formatted(name.strip(), meant(name), String.join(", ", names()))));
  }

  private static String meant(String name) {
    return Suggestions.nearest(name.strip(), names())
        .map(near -> " (did you mean '" + near + "'?)")
        .orElse("");
  }

  private static List<String> names() {
    return Stream.of(ScorerType.values()).map(ScorerType::key).toList();
  }
}
