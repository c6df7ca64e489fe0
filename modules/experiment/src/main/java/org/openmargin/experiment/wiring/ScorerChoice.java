package org.openmargin.experiment.wiring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.experiment.folder.RunException;

/**
 * Which scorers an evaluation reports. The one that decides is the experiment's and is always among
 * them.
 */
public sealed interface ScorerChoice {

  /** Those that the experiment lists; where it lists none, the ones that look at logits only. */
  record OfExperiment() implements ScorerChoice {}

  /** Every one that the head allows. Some are fitted to the training images first: seconds. */
  record All() implements ScorerChoice {}

  /**
   * These.
   *
   * @param kinds in the order of the report, each once
   */
  record Listed(List<ScorerKind> kinds) implements ScorerChoice {
    /** Copies the list without what is there twice. */
    public Listed {
      kinds = kinds.stream().distinct().toList();
    }
  }

  /**
   * @param text {@code all}, or names of scorers with commas between them, in any case
   * @throws RunException for a name that no scorer has
   */
  static ScorerChoice parse(String text) {
    if (text.strip().equalsIgnoreCase("all")) {
      return new All();
    }
    var kinds = new ArrayList<ScorerKind>();
    for (var name : text.split(",", -1)) {
      kinds.add(kind(name.strip()));
    }
    return new Listed(kinds);
  }

  private static ScorerKind kind(String name) {
    return Arrays.stream(ScorerKind.values())
        .filter(kind -> kind.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "there is no scorer '%s'; give all, or some of %s with commas between them"
                        .formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(ScorerKind.values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
