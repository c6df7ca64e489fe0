package org.openmargin.scoring.csv;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Labels of known images, compared with the predictions: a label that is never predicted is hardly
 * a class that the classifier knows. If it is a word for a missing value or for the unknown, the
 * file is refused.
 */
final class KnownLabels {
  /** What R, pandas, databases and people write where a value is missing. */
  private static final Set<String> MISSING =
      Set.of(
          "na",
          "n/a",
          "#n/a",
          "#n/a n/a",
          "#na",
          "<na>",
          "n.a.",
          "null",
          "(null)",
          "\\n",
          "none",
          "nil",
          "-nan",
          "nat",
          "na_character_",
          "na_integer_",
          "na_real_",
          "missing",
          "undefined",
          "-",
          "--",
          "?",
          ".",
          "inf",
          "-inf");

  /** What papers call the unknown. */
  private static final Set<String> UNKNOWN =
      Set.of(
          "ood",
          "out-of-distribution",
          "out of distribution",
          "out_of_distribution",
          "unk",
          "novel",
          "unseen",
          "outlier",
          "reject",
          "rejected",
          "open",
          "openset",
          "open-set");

  private final Map<String, IOException> refusals = new TreeMap<>();
  private final Set<String> labels = new HashSet<>();
  private final Set<String> predicted = new HashSet<>();

  /**
   * @param refusal from the reason to the error that names the row
   */
  void add(String label, String prediction, Function<String, IOException> refusal) {
    labels.add(Numerals.integerOrText(label));
    predicted.add(Numerals.integerOrText(prediction));
    var word = label.toLowerCase(Locale.ROOT);
    var meaning =
        MISSING.contains(word) ? "a missing value" : UNKNOWN.contains(word) ? "the unknown" : "";
    if (!meaning.isEmpty() && !refusals.containsKey(word)) {
      refusals.put(
          word,
          refusal.apply(
              "looks like %s; for an unknown image it must be empty or negative, and a class needs another name"
                  .formatted(meaning)));
    }
  }

  /** A word is a class if some prediction is that class. */
  void requireClasses() throws IOException {
    for (var refusal : refusals.entrySet()) {
      if (predicted.stream().noneMatch(refusal.getKey()::equalsIgnoreCase)) {
        throw refusal.getValue();
      }
    }
  }

  /** Labels that are never predicted, sorted. */
  List<String> neverPredicted() {
    return labels.stream().filter(label -> !predicted.contains(label)).sorted().toList();
  }
}
