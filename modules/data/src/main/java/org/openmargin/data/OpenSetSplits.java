package org.openmargin.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A data set divided for open-set classification.
 *
 * @param split which classes are known
 * @param training known train and known validation images
 * @param test known test and unknown test images
 */
public record OpenSetSplits(ClassSplit split, TrainingData training, TestData test) {

  /**
   * Divides a data set. Training and validation images of unknown classes are left out. There may
   * be no unknown test image; what needs them is then not measured.
   *
   * @throws DataException if labels are outside the split, or a known class has no train,
   *     validation or test image; one message names all
   */
  public static OpenSetSplits of(Dataset dataset, ClassSplit split) {
    for (var part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
      mustBeInside(split, part);
    }
    mustHaveImages(dataset, split);
    var names = split.knownNames();
    return new OpenSetSplits(
        split,
        new TrainingData(names, known(split, dataset.train()), known(split, dataset.validation())),
        new TestData(names, known(split, dataset.test()), unknown(split, dataset.test())));
  }

  /** Names of the unknown classes that have test images, ordered by id. */
  public List<String> unknownNames() {
    return Arrays.stream(test.unknown().classes())
        .distinct()
        .sorted()
        .mapToObj(split.classNames()::get)
        .toList();
  }

  /** Names of the unknown classes without a test image, ordered by id. */
  public List<String> untestedUnknownNames() {
    var tested = unknownNames();
    return split.unknown().stream()
        .map(split.classNames()::get)
        .filter(name -> !tested.contains(name))
        .toList();
  }

  private static KnownImages known(ClassSplit split, LabeledImages part) {
    var chosen = part.select(where(part, split.known()::contains));
    var labels = Arrays.stream(chosen.labels()).map(split.known()::indexOf).toArray();
    return new KnownImages(chosen.images(), labels, chosen.ids(), chosen.groups());
  }

  private static UnknownImages unknown(ClassSplit split, LabeledImages part) {
    var chosen = part.select(where(part, label -> !split.known().contains(label)));
    return new UnknownImages(chosen.images(), chosen.labels(), chosen.ids());
  }

  private static int[] where(LabeledImages part, IntPredicate wanted) {
    return IntStream.range(0, part.count()).filter(i -> wanted.test(part.labels()[i])).toArray();
  }

  private static void mustBeInside(ClassSplit split, LabeledImages part) {
    int classes = split.classNames().size();
    for (int i = 0; i < part.count(); i++) {
      if (part.labels()[i] >= classes) {
        throw new DataException(
            "labels outside the split: %s has class %d, but the split names %d classes (0..%d)"
                .formatted(part.ids().get(i), part.labels()[i], classes, classes - 1));
      }
    }
  }

  private static void mustHaveImages(Dataset dataset, ClassSplit split) {
    var missing = new ArrayList<String>();
    for (int id : split.known()) {
      var name = "known class " + id + " (" + split.classNames().get(id) + ")";
      if (where(dataset.train(), label -> label == id).length == 0) {
        missing.add(name + " has no train image");
      }
      if (where(dataset.validation(), label -> label == id).length == 0) {
        missing.add(name + " has no validation image");
      }
      if (where(dataset.test(), label -> label == id).length == 0) {
        missing.add(name + " has no test image");
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(dataset.name() + ": " + String.join("; ", missing));
    }
  }
}
