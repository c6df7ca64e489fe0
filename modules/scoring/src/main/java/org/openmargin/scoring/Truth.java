package org.openmargin.scoring;

import java.util.List;

/**
 * The ground truth of a list of images, one entry per image, in the same order.
 *
 * @param ids a name for each image, such as {@code test/17} or a file name
 * @param labels index of the known class, or {@link #UNKNOWN} for an image of an unknown class
 * @param classNames name of the true class; for an unknown image, a class that was not part of
 *     training
 * @param groups what must not be in two halves of the images, such as the patient of each, empty
 *     for an image that is alone; or an empty list if none has any
 */
@SuppressWarnings("ArrayRecordComponent") // one int per image; read-only, never compared
public record Truth(List<String> ids, int[] labels, List<String> classNames, List<String> groups) {

  /** The label of every image of an unknown class. */
  public static final int UNKNOWN = -1;

  /** Without groups. */
  public Truth(List<String> ids, int[] labels, List<String> classNames) {
    this(ids, labels, classNames, List.of());
  }

  /** Refuses lists of different lengths and labels below -1. */
  public Truth {
    ids = List.copyOf(ids);
    labels = labels.clone();
    classNames = List.copyOf(classNames);
    groups = List.copyOf(groups);
    if (!groups.isEmpty() && groups.size() != ids.size()) {
      throw new IllegalArgumentException(
          "there must be one group per image, or none; got %d for %d images"
              .formatted(groups.size(), ids.size()));
    }
    if (ids.size() != labels.length || ids.size() != classNames.size()) {
      throw new IllegalArgumentException(
          "ids, labels and class names must have the same length; got %d, %d and %d"
              .formatted(ids.size(), labels.length, classNames.size()));
    }
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < UNKNOWN) {
        throw new IllegalArgumentException(
            "row %d (id '%s'): label %d; a label is a known class (0, 1, ...) or -1 for unknown"
                .formatted(row, ids.get(row), labels[row]));
      }
    }
  }

  public int size() {
    return ids.size();
  }

  /** Whether the image in this row belongs to a known class. */
  public boolean isKnown(int row) {
    return labels[row] != UNKNOWN;
  }
}
