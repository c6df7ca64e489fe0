package org.openmargin.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of known classes only.
 *
 * @param images n images
 * @param labels n labels 0..C-1: positions among the known classes; do not modify
 * @param ids n names
 * @param groups n names of what must stay together, such as patients, empty for an image that is
 *     alone; or none at all
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, indexed in loops, never compared
public record KnownImages(Images images, int[] labels, List<String> ids, List<String> groups) {

  /** Without groups. */
  public KnownImages(Images images, int[] labels, List<String> ids) {
    this(images, labels, ids, List.of());
  }

  public KnownImages {
    Counts.mustAgree(images, labels, ids);
    ids = List.copyOf(ids);
    groups = List.copyOf(groups);
  }

  /** The number of images, n. */
  public int count() {
    return labels.length;
  }

  /** Some of the images: a view, no pixels are copied. */
  public KnownImages select(int[] rows) {
    return new KnownImages(
        images.select(rows),
        IntStream.of(rows).map(row -> labels[row]).toArray(),
        IntStream.of(rows).mapToObj(ids::get).toList(),
        groups.isEmpty() ? groups : IntStream.of(rows).mapToObj(groups::get).toList());
  }
}
