package org.openmargin.data;

import java.util.List;

/**
 * Images of known classes only.
 *
 * @param images n images
 * @param labels n labels 0..C-1: positions among the known classes; do not modify
 * @param ids n names
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, indexed in loops, never compared
public record KnownImages(Images images, int[] labels, List<String> ids) {

  public KnownImages {
    Counts.mustAgree(images, labels, ids);
    ids = List.copyOf(ids);
  }

  /** The number of images, n. */
  public int count() {
    return labels.length;
  }
}
