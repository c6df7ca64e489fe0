package org.openmargin.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.entry.DataEntry;

/**
 * Images with classes and names, and perhaps groups.
 *
 * @param images n images
 * @param labels n class ids (indices into the data set's class names); do not modify
 * @param ids n names, such as {@code train/000123} or a relative file path
 * @param groups n names of what must not lie on both sides of a division, such as patients, or an
 *     empty text for an image that is alone; an empty list if every image is
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, indexed in loops, never compared
public record LabeledImages(Images images, int[] labels, List<String> ids, List<String> groups) {

  public LabeledImages {
    Counts.mustAgree(images, labels, ids);
    ids = List.copyOf(ids);
    groups = List.copyOf(groups);
    if (!groups.isEmpty() && groups.size() != ids.size()) {
      throw new DataException(
          "%d images, but %d groups: there must be one per image, or none"
              .formatted(ids.size(), groups.size()));
    }
  }

  /** Without groups. */
  public LabeledImages(Images images, int[] labels, List<String> ids) {
    this(images, labels, ids, List.of());
  }

  /**
   * What is said of an image without its pixels; no part.
   *
   * @param classNames of the data set
   */
  public DataEntry entry(int row, List<String> classNames) {
    return new DataEntry(
        ids.get(row),
        classNames.get(labels[row]),
        Optional.empty(),
        groups.isEmpty() || groups.get(row).isEmpty()
            ? Optional.empty()
            : Optional.of(groups.get(row)),
        Optional.empty());
  }

  /** The number of images, n. */
  public int count() {
    return labels.length;
  }

  /** Some of the images, as a view. */
  public LabeledImages select(int... rows) {
    return new LabeledImages(
        images.select(rows),
        Arrays.stream(rows).map(row -> labels[row]).toArray(),
        Arrays.stream(rows).mapToObj(ids::get).toList(),
        groups.isEmpty() ? groups : Arrays.stream(rows).mapToObj(groups::get).toList());
  }

  LabeledImages preprocessed(ImageGeometry geometry) {
    return new LabeledImages(images.preprocessed(geometry), labels, ids, groups);
  }
}
