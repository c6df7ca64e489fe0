package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.scoring.scorer.ScorerType;

/**
 * Which scorers an evaluation reports. The one that decides is the experiment's and is always among
 * them.
 */
public sealed interface ScorerChoice {

  /** Those that the experiment lists; where it lists none, {@link ScorerType#REPORTED}. */
  record OfExperiment() implements ScorerChoice {}

  /** Every one that the head allows. Some are fitted to the training images first: seconds. */
  record All() implements ScorerChoice {}

  /**
   * These.
   *
   * @param types in the order of the report; duplicates are dropped
   */
  record Listed(List<ScorerType> types) implements ScorerChoice {
    /** Copies the list. */
    public Listed {
      types = types.stream().distinct().toList();
    }
  }

  /**
   * @param text {@code all}, or names of scorers separated by commas, in any case
   * @throws RunException for a name that no scorer has
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
                    "there is no scorer '%s'; give all, or a comma-separated list of %s"
                        .formatted(name.strip(), names())));
  }

  private static String names() {
    return Stream.of(ScorerType.values()).map(ScorerType::key).collect(Collectors.joining(", "));
  }
}
