package org.openmargin.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which classes are known (trained on) and which are unknown (only in the test). All may be known:
 * then there is no image of an unknown class to test with.
 *
 * @param classNames all class names, one per class id
 * @param known ids of the known classes, sorted ascending: the class at position k has label k
 */
public record ClassSplit(List<String> classNames, List<Integer> known) {

  private static final String UNKNOWN = "unknown";

  /**
   * Sorts and checks the known classes.
   *
   * @throws DataException if an id is outside 0..n-1 or listed twice, there are fewer than 2 known
   *     classes, or a known class is called "unknown"
   */
  public ClassSplit {
    classNames = List.copyOf(classNames);
    int classes = classNames.size();
    var outside = known.stream().filter(id -> id < 0 || id >= classes).toList();
    if (!outside.isEmpty()) {
      throw new DataException(
          "known classes %s do not exist: ids go from 0 to %d (%s)"
              .formatted(outside, classes - 1, String.join(", ", classNames)));
    }
    var sorted = known.stream().sorted().distinct().toList();
    if (sorted.size() != known.size()) {
      throw new DataException("known classes %s: list each id once".formatted(known));
    }
    if (sorted.size() < 2) {
      throw new DataException(
          "known classes %s of %s: at least 2 must be known, because a network learns by telling classes apart; put images of something else into a second class"
              .formatted(known, classNames));
    }
    for (int id : sorted) {
      if (isUnknown(classNames.get(id))) {
        throw new DataException(
            "known class %d is called '%s', which is the label of rejected images; rename it, or do not list it as known"
                .formatted(id, classNames.get(id)));
      }
    }
    known = sorted;
  }

  /** Whether a class has the name that rejected images get. */
  public static boolean isUnknown(String className) {
    return className.equalsIgnoreCase(UNKNOWN);
  }

  /** Ids of the unknown classes, ascending. */
  public List<Integer> unknown() {
    return IntStream.range(0, classNames.size()).filter(id -> !known.contains(id)).boxed().toList();
  }

  /** Names of the known classes, in label order. */
  public List<String> knownNames() {
    return known.stream().map(classNames::get).toList();
  }
}
