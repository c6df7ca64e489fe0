package org.openmargin.data.division;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which part each group is in, and how far the shares of the classes are from the wish: {@code cost
 * = sum over classes c and parts p of (n_cp / n_c - wish_p)^2 / wish_p}, the chi-square distance.
 * Groups that are in no part yet count for none.
 */
final class Assignment {
  static final int NONE = -1;

  private final List<Group> groups;
  private final double[] wish;
  private final int[] part;
  private final double[] total;
  private final int[][] images;
  private final int[][] members;
  private final int[] free;

  /**
   * @param wish share of each part; their sum is 1
   */
  Assignment(List<Group> groups, int classes, double... wish) {
    this.groups = groups;
    this.wish = wish.clone();
    this.part = new int[groups.size()];
    Arrays.fill(part, NONE);
    this.total = new double[classes];
    this.images = new int[classes][wish.length];
    this.members = new int[classes][wish.length];
    this.free = new int[classes];
    for (var count : groups.stream().flatMap(group -> group.counts().stream()).toList()) {
      total[count.label()] += count.images();
      free[count.label()]++;
    }
  }

  int parts() {
    return wish.length;
  }

  int part(int group) {
    return part[group];
  }

  /** Groups of a part with images of a class. */
  int members(int label, int inPart) {
    return members[label][inPart];
  }

  /** Groups in no part with images of a class. */
  int free(int label) {
    return free[label];
  }

  /**
   * @param to may be {@link #NONE}
   */
  void put(int group, int to) {
    add(group, part[group], -1);
    part[group] = to;
    add(group, to, 1);
  }

  private void add(int group, int where, int sign) {
    for (var count : groups.get(group).counts()) {
      if (where == NONE) {
        free[count.label()] += sign;
      } else {
        images[count.label()][where] += sign * count.images();
        members[count.label()][where] += sign;
      }
    }
  }

  /** What the cost rises by if a group that is in no part is put there. */
  double rise(int group, int to) {
    var rise = 0.0;
    for (var count : groups.get(group).counts()) {
      var all = total[count.label()];
      var share = count.images() / all;
      var over = images[count.label()][to] / all - wish[to];
      rise += share * (share + 2 * over) / wish[to];
    }
    return rise;
  }

  /** The part in which a group costs least. */
  int cheapest(int group) {
    var best = 0;
    for (var to = 1; to < parts(); to++) {
      best = rise(group, to) < rise(group, best) - 1e-12 ? to : best;
    }
    return best;
  }

  /** Whether no class would vanish from the part that a group is in without it. */
  boolean mayLeave(int group) {
    return groups.get(group).counts().stream()
        .allMatch(count -> members[count.label()][part[group]] > 1);
  }

  /** The part of each group. */
  List<Integer> result() {
    return IntStream.of(part).boxed().toList();
  }
}
