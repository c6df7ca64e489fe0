package org.openmargin.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two halves of labelled images that share no group. Group after group, large ones first, goes
 * where its classes have fewer images so far, the first half on ties. Of images without groups,
 * these are the first, third, ... of each class, and the others.
 */
public final class Halves {
  private Halves() {}

  /**
   * How many images each half has.
   *
   * @param first images that set scales
   * @param second images that set thresholds
   */
  public record Sizes(int first, int second) {}

  /**
   * Whether each image is in the first half.
   *
   * @param groups one per image, empty for an image that is alone; or none at all
   */
  public static boolean[] first(int[] labels, List<String> groups) {
    var inFirst = new boolean[labels.length];
    var counts = new ArrayList<Map<Integer, Integer>>(List.of(new HashMap<>(), new HashMap<>()));
    for (var rows : byGroup(labels.length, groups)) {
      var first = count(counts.get(0), labels, rows) <= count(counts.get(1), labels, rows);
      for (var row : rows) {
        inFirst[row] = first;
        counts.get(first ? 0 : 1).merge(labels[row], 1, Integer::sum);
      }
    }
    return inFirst;
  }

  public static Sizes sizes(int[] labels, List<String> groups) {
    var first = first(labels, groups);
    var size = (int) IntStream.range(0, first.length).filter(row -> first[row]).count();
    return new Sizes(size, first.length - size);
  }

  private static int count(Map<Integer, Integer> half, int[] labels, List<Integer> rows) {
    return rows.stream().mapToInt(row -> half.getOrDefault(labels[row], 0)).sum();
  }

  private static List<List<Integer>> byGroup(int count, List<String> groups) {
    var units = new ArrayList<List<Integer>>();
    var known = new HashMap<String, List<Integer>>();
    for (var row = 0; row < count; row++) {
      var group = groups.isEmpty() ? "" : groups.get(row);
      if (!group.isEmpty() && known.containsKey(group)) {
        known.get(group).add(row);
      } else {
        var unit = new ArrayList<>(List.of(row));
        units.add(unit);
        known.put(group, unit);
      }
    }
    units.sort((one, other) -> Integer.compare(other.size(), one.size()));
    return units;
  }
}
