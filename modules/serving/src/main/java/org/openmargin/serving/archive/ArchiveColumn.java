package org.openmargin.serving.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.serving.Classification;

/**
 * The columns of the table, in order. The same file and model give the same values, so that two
 * tables can be compared; a column without a value for a file holds null there.
 */
public enum ArchiveColumn {
  PATH(Kind.TEXT),
  /** A known class, or "unknown". */
  LABEL(Kind.TEXT),
  IS_UNKNOWN(Kind.BOOLEAN),
  /** Higher = more unknown. */
  UNKNOWN_SCORE(Kind.NUMBER),
  THRESHOLD(Kind.NUMBER),
  BEST_KNOWN_LABEL(Kind.TEXT),
  /** Of the known classes, in label order. */
  PROBABILITIES(Kind.NUMBERS),
  /** A code: "ok", or why the file was rejected. */
  REASON(Kind.TEXT),
  /** What is wrong with a file that has no score. */
  ERROR(Kind.TEXT),
  MODEL(Kind.TEXT),
  MODEL_VERSION(Kind.TEXT),
  MODEL_DIGEST(Kind.TEXT);

  /** Types of values. */
  public enum Kind {
    /** {@link String}. */
    TEXT,
    /** {@link Boolean}. */
    BOOLEAN,
    /** {@link Double}. */
    NUMBER,
    /** {@link List} of {@link Float}, none of them null. */
    NUMBERS
  }

  private final Kind kind;

  ArchiveColumn(Kind kind) {
    this.kind = kind;
  }

  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return kind;
  }

  /** The value of a row, of the type of {@link #kind}. */
  public Optional<?> of(ArchiveRow row) {
    var audit = row.audit();
    return switch (this) {
      case PATH -> Optional.of(row.path());
      case LABEL -> Optional.of(row.label());
      case IS_UNKNOWN -> Optional.of(row.unknown());
      case UNKNOWN_SCORE -> row.answer().map(Classification::unknownScore);
      case THRESHOLD -> Optional.of(audit.threshold());
      case BEST_KNOWN_LABEL -> row.answer().map(Classification::bestKnownLabel);
      case PROBABILITIES -> row.answer().map(answer -> boxed(answer.probabilities()));
      case REASON -> Optional.of(row.reason());
      case ERROR -> row.error();
      case MODEL -> Optional.of(audit.model());
      case MODEL_VERSION -> Optional.of(audit.version());
      case MODEL_DIGEST -> Optional.of(audit.digest());
    };
  }

  private static List<Float> boxed(float[] numbers) {
    var boxed = new ArrayList<Float>(numbers.length);
    for (var number : numbers) {
      boxed.add(number);
    }
    return boxed;
  }
}
