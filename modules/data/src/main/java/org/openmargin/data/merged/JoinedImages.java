package org.openmargin.data.merged;

import java.util.Arrays;
import java.util.List;
import org.openmargin.data.Images;

/** Images one behind the other. */
final class JoinedImages {
  private JoinedImages() {}

  /**
   * A view: no pixels are copied.
   *
   * @param parts of one shape, at least one
   */
  static Images of(List<Images> parts) {
    var first = new int[parts.size() + 1];
    for (var i = 0; i < parts.size(); i++) {
      first[i + 1] = first[i] + parts.get(i).count();
    }
    return Images.from(
        parts.get(0).shape(),
        first[parts.size()],
        (index, target, offset) -> {
          var found = Arrays.binarySearch(first, index);
          var part = found < 0 ? -found - 2 : found;
          while (parts.get(part).count() == 0) {
            part++;
          }
          parts.get(part).copyTo(index - first[part], target, offset);
        });
  }
}
