package org.openmargin.data.source;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a data set, by the names that folders of them usually have, in any case. */
enum SplitName {
  TRAIN("train|training|trn"),
  VALIDATION("val|valid|validation|validate|vali|dev|devel|development"),
  TEST("test|testing|tst|eval|evaluation|holdout|heldout");

  private final String names;

  SplitName(String names) {
    this.names = names;
  }

  /** The split that a folder is named after: Train, valid, test_set, TRAINING-DATA, val2017. */
  static Optional<SplitName> of(Path folder) {
    var name =
        folder
            .getFileName()
            .toString()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}]", "")
            .replaceFirst("(?<=.)(set|split|data|dataset|images|imgs|folder)$", "");
    return Arrays.stream(values()).filter(split -> name.matches(split.names)).findFirst();
  }

  /** The usual name. */
  @Override
  public String toString() {
    return this == VALIDATION ? "val/" : name().toLowerCase(Locale.ROOT) + "/";
  }
}
