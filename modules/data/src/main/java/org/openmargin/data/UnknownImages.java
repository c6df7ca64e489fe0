package org.openmargin.data;

import java.util.List;

/**
 * Images of unknown classes only.
 *
 * @param images n images
 * @param classes n class ids as in the data set; do not modify
 * @param ids n names
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, indexed in loops, never compared
public record UnknownImages(Images images, int[] classes, List<String> ids) {

  public UnknownImages {
    Counts.mustAgree(images, classes, ids);
    ids = List.copyOf(ids);
  }

  /** The number of images, n. */
  public int count() {
    return classes.length;
  }
}
