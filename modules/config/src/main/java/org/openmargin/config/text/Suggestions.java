package org.openmargin.config.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": names similar to one that does not exist. */
public final class Suggestions {
  private Suggestions() {}

  /** The most similar of {@code names}, if it is close enough to be a typo. */
  public static Optional<String> nearest(String written, Collection<String> names) {
    return near(written, names).stream().findFirst();
  }

  /** All names at the smallest distance, if that is small enough, in the given order. */
  static List<String> near(String written, Collection<String> names) {
    int best = 1 + Math.min(3, Math.max(1, written.length() / 3));
    var nearest = new ArrayList<String>();
    for (var name : names) {
      int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest.clear();
        nearest.add(name);
      } else if (distance == best && !nearest.isEmpty()) {
        nearest.add(name);
      }
    }
    return nearest;
  }

  /**
   * Edit distance: insert, delete, replace, or swap neighbours (Damerau, 1964; optimal string
   * alignment).
   */
  static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, i, j, a.charAt(i - 1) == b.charAt(j - 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, int i, int j, boolean equal) {
    int replace = d[i - 1][j - 1] + (equal ? 0 : 1);
    return Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
  }
}
