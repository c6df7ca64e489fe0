package org.openmargin.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a data set holds, in numbers that make a table.
 *
 * @param name the data set's name
 * @param heightPx rows of an image
 * @param widthPx columns of an image
 * @param channels 1 (grey) or 3 (RGB)
 * @param classes one row per class, in label order
 * @param digest SHA-256 over what was read, hex
 */
public record DatasetSummary(
    String name,
    int heightPx,
    int widthPx,
    int channels,
    List<ClassCounts> classes,
    String digest) {

  public DatasetSummary {
    classes = List.copyOf(classes);
  }

  /** Counts the images of a data set. */
  public static DatasetSummary of(Dataset dataset) {
    var train = count(dataset, dataset.train());
    var validation = count(dataset, dataset.validation());
    var test = count(dataset, dataset.test());
    var classes =
        IntStream.range(0, dataset.classNames().size())
            .mapToObj(
                id ->
                    new ClassCounts(
                        id, dataset.classNames().get(id), train[id], validation[id], test[id]))
            .toList();
    var images = dataset.train().images();
    return new DatasetSummary(
        dataset.name(),
        images.height(),
        images.width(),
        images.channels(),
        classes,
        dataset.digest());
  }

  /** Sums over all classes: a row with id -1 and the name "total". */
  public ClassCounts total() {
    return new ClassCounts(
        -1,
        "total",
        classes.stream().mapToInt(ClassCounts::train).sum(),
        classes.stream().mapToInt(ClassCounts::validation).sum(),
        classes.stream().mapToInt(ClassCounts::test).sum());
  }

  private static int[] count(Dataset dataset, LabeledImages part) {
    var counts = new int[dataset.classNames().size()];
    for (int label : part.labels()) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * The images of one class.
   *
   * @param id class id
   * @param name class name
   * @param train number of train images
   * @param validation number of validation images
   * @param test number of test images
   */
  public record ClassCounts(int id, String name, int train, int validation, int test) {

    /** train + validation + test. */
    public int total() {
      return train + validation + test;
    }
  }
}
