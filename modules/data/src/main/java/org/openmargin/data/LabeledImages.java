package org.openmargin.data;

import java.util.Arrays;
import java.util.List;

/**
 * Images with classes and names.
 *
 * @param images n images
 * @param labels n class ids (indices into the data set's class names); do not modify
 * @param ids n names, such as {@code train/000123} or a relative file path
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, indexed in loops, never compared
public record LabeledImages(Images images, int[] labels, List<String> ids) {

  public LabeledImages {
    Counts.mustAgree(images, labels, ids);
    ids = List.copyOf(ids);
  }

  /** The number of images, n. */
  public int count() {
    return labels.length;
  }

  LabeledImages select(int[] rows) {
    return new LabeledImages(
        images.select(rows),
        Arrays.stream(rows).map(row -> labels[row]).toArray(),
        Arrays.stream(rows).mapToObj(ids::get).toList());
  }

  LabeledImages preprocessed(ImageGeometry geometry) {
    return new LabeledImages(images.preprocessed(geometry), labels, ids);
  }
}
