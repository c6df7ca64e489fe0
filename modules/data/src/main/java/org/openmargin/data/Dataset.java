package org.openmargin.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;

/**
 * A data set.
 *
 * @param name its name in reports
 * @param classNames one name per class id
 * @param validation images for selection and calibration
 * @param digest SHA-256 over what was read, 64 hex digits
 */
public record Dataset(
    String name,
    List<String> classNames,
    LabeledImages train,
    LabeledImages validation,
    LabeledImages test,
    String digest) {

  /**
   * Checks names, labels and sizes.
   *
   * @throws DataException if a class name is blank, not a single line or a duplicate, a label is
   *     outside the class list, or the three parts differ in image size
   */
  public Dataset {
    classNames = List.copyOf(classNames);
    ClassNames.mustBeUsable(name, classNames);
    for (var part : List.of(train, validation, test)) {
      mustBeInside(name, classNames.size(), part);
    }
    long sizes = Stream.of(train, validation, test).map(Dataset::size).distinct().count();
    if (sizes > 1) {
      throw new DataException(
          "%s: train, validation and test images must have one size, but are %s, %s and %s"
              .formatted(name, size(train), size(validation), size(test)));
    }
  }

  /** The three parts by their names, in order. */
  public Map<String, LabeledImages> parts() {
    var parts = new LinkedHashMap<String, LabeledImages>();
    parts.put("train", train);
    parts.put("validation", validation);
    parts.put("test", test);
    return parts;
  }

  /** What it says of its images without their pixels, in the order of the parts. */
  public List<DataEntry> entries() {
    return Stream.of(Split.values())
        .flatMap(
            split -> {
              var part = parts().get(split.toString());
              return IntStream.range(0, part.count())
                  .mapToObj(row -> part.entry(row, classNames).in(split));
            })
        .toList();
  }

  public Dataset preprocessed(ImageGeometry geometry) {
    return new Dataset(
        name,
        classNames,
        train.preprocessed(geometry),
        validation.preprocessed(geometry),
        test.preprocessed(geometry),
        digest);
  }

  private static void mustBeInside(String name, int classes, LabeledImages part) {
    for (int i = 0; i < part.count(); i++) {
      int label = part.labels()[i];
      if (label < 0 || label >= classes) {
        throw new DataException(
            "%s: %s has label %d, which is outside the class list (0..%d)"
                .formatted(name, part.ids().get(i), label, classes - 1));
      }
    }
  }

  private static String size(LabeledImages part) {
    var images = part.images();
    return images.height() + "x" + images.width() + "x" + images.channels();
  }
}
