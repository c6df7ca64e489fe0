package org.openmargin.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Image size and image counts of a data set, for tables.
 *
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

  /** The sums over all classes: a row with id -1 and the name "total". */
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

  /** The number of images of one class. */
  public record ClassCounts(int id, String name, int train, int validation, int test) {

    public int total() {
      return train + validation + test;
    }
  }
}
