package org.openmargin.data.entry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a data set, by the names that folders and cells usually have, in any case. */
public enum Split {
  TRAIN("train|training|trn"),
  VALIDATION("val|valid|validation|validate|vali|dev|devel|development"),
  TEST("test|testing|tst|eval|evaluation|holdout|heldout");

  private final String names;

  Split(String names) {
    this.names = names;
  }

  /** The split that a name means: Train, valid, test_set, TRAINING-DATA, val2017. */
  public static Optional<Split> of(String name) {
    var letters =
        name.toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}]", "")
            .replaceFirst("(?<=.)(set|split|data|dataset|images|imgs|folder)$", "");
    return Arrays.stream(values()).filter(split -> letters.matches(split.names)).findFirst();
  }

  /** The usual name of its folder. */
  public String folder() {
    return this == VALIDATION ? "val/" : this + "/";
  }

  /** Its name in tables: train, validation or test. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
