package org.openmargin.scoring;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The meaning of the columns of a row of logits: the C known classes in label order, then, if the
 * head has an open class, one more column (C) for it.
 *
 * @param classNames names of the known classes, in label order; unique, at least one
 * @param openClass whether column C holds the logit of the open class
 * @param cosineScale for a cosine head, the factor between a known logit and its cosine ({@code
 *     logit = scale * cosine}, scale &gt; 0); empty for a head without cosines
 */
public record Head(List<String> classNames, boolean openClass, OptionalDouble cosineScale) {

  /** Refuses duplicate or blank names and a scale that is not positive and finite. */
  public Head {
    classNames = List.copyOf(classNames);
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("a head needs at least one known class; got none");
    }
    var seen = new HashSet<String>();
    for (var name : classNames) {
      if (name.isBlank() || !seen.add(name)) {
        throw new IllegalArgumentException(
            "class names must be unique and not blank; got '" + name + "' in " + classNames);
      }
    }
    if (cosineScale.isPresent() && !(cosineScale.getAsDouble() > 0 && isFinite(cosineScale))) {
      throw new IllegalArgumentException(
          "the scale of a cosine head must be positive and finite; got "
              + cosineScale.getAsDouble());
    }
  }

  /** A head with raw logits and no open class, such as softmax cross-entropy's. */
  public static Head linear(List<String> classNames) {
    return new Head(classNames, false, OptionalDouble.empty());
  }

  /** A cosine head without an open class: {@code logit = scale * cosine}. */
  public static Head cosine(List<String> classNames, double scale) {
    return new Head(classNames, false, OptionalDouble.of(scale));
  }

  /** A cosine head with an open class (OMCL): column C is {@code scale * threshold}. */
  public static Head openCosine(List<String> classNames, double scale) {
    return new Head(classNames, true, OptionalDouble.of(scale));
  }

  /** Number of known classes, C. */
  public int knownClasses() {
    return classNames.size();
  }

  /** Length of a row of logits: C, or C+1 with an open class. */
  public int columns() {
    return classNames.size() + (openClass ? 1 : 0);
  }

  /**
   * Index of the largest known logit; the first one on ties.
   *
   * @param logits one row, {@link #columns()} values
   */
  public int predictedClass(float[] logits) {
    requireRow(logits);
    int best = 0;
    for (int j = 1; j < knownClasses(); j++) {
      if (logits[j] > logits[best]) {
        best = j;
      }
    }
    return best;
  }

  public void requireRow(float[] logits) {
    if (logits.length != columns()) {
      throw new IllegalArgumentException(
          "a row of logits has " + logits.length + " columns; this head has " + columns());
    }
  }

  private static boolean isFinite(OptionalDouble value) {
    return Double.isFinite(value.getAsDouble());
  }
}
