package org.openmargin.data;

import java.util.List;

/** Checks that images, labels and names agree in number. */
final class Counts {

  private Counts() {}

  static void mustAgree(Images images, int[] labels, List<String> ids) {
    if (images.count() != labels.length || labels.length != ids.size()) {
      throw new DataException(
          "%d images, %d labels and %d names: there must be one label and one name per image"
              .formatted(images.count(), labels.length, ids.size()));
    }
  }
}
