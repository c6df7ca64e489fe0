package org.openmargin.data.rehearsal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.entry.Split;

/**
 * A rehearsal of the open-set test, for choosing settings from known classes alone: some of the
 * classes known in the test are held out and pose as unknown. Validation images serve as test
 * images, every tenth training image of a class as a validation image or, if there are groups, a
 * tenth of each class in whole groups; test images and images of other classes are left out.
 *
 * @param classes ids of the classes that are known in the test
 * @param unknown what poses as unknown
 */
public record Rehearsal(List<Integer> classes, Unknown unknown) {
  private static final int VALIDATION_EVERY = 10;

  /** What poses as unknown. */
  public enum Unknown {
    /** Those of the classes that are not known in the rehearsal. */
    HELD_OUT_CLASSES,
    /** {@link Blends} of the first two classes; all are known. */
    BLENDS
  }

  public Rehearsal {
    classes = List.copyOf(classes);
  }

  /** With classes that are held out. */
  public Rehearsal(List<Integer> classes) {
    this(classes, Unknown.HELD_OUT_CLASSES);
  }

  /**
   * The data set of the rehearsal, with unchanged class ids; blends are one more class.
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
    var validates = validates(dataset);
    var rehearsed =
        new Dataset(
            dataset.name() + " (rehearsal)",
            names,
            where(dataset.train(), validates.negate()),
            where(dataset.train(), validates),
            where(dataset.validation(), row -> true),
            dataset.digest());
    return unknown == Unknown.BLENDS ? withBlends(rehearsed) : rehearsed;
  }

  /** Training images that validate. */
  private IntPredicate validates(Dataset dataset) {
    var train = dataset.train();
    if (train.groups().isEmpty()) {
      var ranks = ranks(train);
      return row -> ranks[row] % VALIDATION_EVERY == VALIDATION_EVERY - 1;
    }
    var rows =
        IntStream.range(0, train.count())
            .filter(row -> classes.contains(train.labels()[row]))
            .toArray();
    var entries =
        IntStream.of(rows).mapToObj(row -> train.entry(row, dataset.classNames())).toList();
    var tenth = new Division(new SplitFractions(1.0 / VALIDATION_EVERY, 0, 0));
    var parts = tenth.withoutTest(entries);
    var validation = new BitSet();
    for (var i = 0; i < rows.length; i++) {
      validation.set(rows[i], parts.get(i) == Split.VALIDATION);
    }
    return validation::get;
  }

  private Dataset withBlends(Dataset dataset) {
    var names = new ArrayList<>(dataset.classNames());
    var blends = new Blends(dataset.test(), classes.get(0), classes.get(1));
    names.add(
        "blends of %s and %s".formatted(names.get(classes.get(0)), names.get(classes.get(1))));
    return new Dataset(
        dataset.name(),
        names,
        dataset.train(),
        dataset.validation(),
        blends.added(names.size() - 1),
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
