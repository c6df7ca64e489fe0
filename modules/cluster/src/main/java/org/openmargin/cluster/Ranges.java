package org.openmargin.cluster;

import java.util.ArrayList;
import java.util.List;

/** Whole numbers as Slurm writes them: {@code 0-3,7,9-10}. */
final class Ranges {
  private Ranges() {}

  /**
   * @param numbers ascending
   */
  static String of(List<Integer> numbers) {
    var ranges = new ArrayList<String>();
    var at = 0;
    while (at < numbers.size()) {
      var end = at;
      while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
        end++;
      }
      ranges.add(end == at ? numbers.get(at).toString() : numbers.get(at) + "-" + numbers.get(end));
      at = end + 1;
    }
    return String.join(",", ranges);
  }
}
