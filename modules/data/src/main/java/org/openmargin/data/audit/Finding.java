package org.openmargin.data.audit;

import java.util.List;
import org.openmargin.data.DataException;

/**
 * Something that is wrong with a data set.
 *
 * @param splits it is about, such as {@code train and test}; empty for all
 * @param summary in a sentence
 * @param evidence every instance; empty for what no image shows alone
 * @param name by which an experiment can acknowledge it, such as {@code near-images/1f0c2b77a9e3}:
 *     it changes with the images that it concerns
 */
public record Finding(
    FindingKind kind, String splits, String summary, List<Evidence> evidence, String name) {
  static final String TRAIN_AND_TEST = "train and test";

  public Finding {
    evidence = List.copyOf(evidence);
  }

  /** Whether training sees what the test is to be judged by. */
  public boolean isLeak() {
    return kind.betweenSplits() && splits.equals(TRAIN_AND_TEST);
  }

  /** Whether it is worth a warning, not a note only. */
  public boolean isWarning() {
    return kind != FindingKind.REPEATED && kind != FindingKind.NEAR_REPEATED;
  }

  /** In a line, with up to ten instances. */
  public String line() {
    return evidence.isEmpty()
        ? summary
        : summary + ": " + DataException.shortList(evidence.stream().map(Evidence::text).toList());
  }
}
