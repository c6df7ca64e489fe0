package org.openmargin.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A rehearsal of the open-set test, for choosing settings from known classes alone: some of the
 * classes known in the test are held out and pose as unknown. Validation images serve as test
 * images, every tenth training image of a class as a validation image; test images and images of
 * other classes are left out.
 *
 * @param classes ids of the classes that are known in the test
 */
public record Rehearsal(List<Integer> classes) {
  private static final int VALIDATION_EVERY = 10;

  public Rehearsal {
    classes = List.copyOf(classes);
  }

  /**
   * The data set of the rehearsal, with unchanged class ids.
   *
   * @param dataset of the test
   * @throws DataException if one of the classes does not exist
   */
  public Dataset of(Dataset dataset) {
    var names = dataset.classNames();
    for (int id : classes) {
      if (id < 0 || id >= names.size()) {
        throw new DataException(
            "class %d of the rehearsal does not exist: ids go from 0 to %d (%s)"
                .formatted(id, names.size() - 1, String.join(", ", names)));
      }
    }
    var ranks = ranks(dataset.train());
    IntPredicate validates = row -> ranks[row] % VALIDATION_EVERY == VALIDATION_EVERY - 1;
    return new Dataset(
        dataset.name() + " (rehearsal)",
        names,
        where(dataset.train(), validates.negate()),
        where(dataset.train(), validates),
        where(dataset.validation(), row -> true),
        dataset.digest());
  }

  /** For each image, the number of earlier images of its class. */
  private static int[] ranks(LabeledImages part) {
    var counts = new int[Arrays.stream(part.labels()).max().orElse(0) + 1];
    return Arrays.stream(part.labels()).map(label -> counts[label]++).toArray();
  }

  private LabeledImages where(LabeledImages part, IntPredicate wanted) {
    var rows =
        IntStream.range(0, part.count())
            .filter(row -> classes.contains(part.labels()[row]) && wanted.test(row))
            .toArray();
    return part.select(rows);
  }
}
