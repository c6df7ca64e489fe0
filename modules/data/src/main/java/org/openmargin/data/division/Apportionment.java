package org.openmargin.data.division;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.SplitMix;
import org.openmargin.data.division.Group.Groups;

/**
 * Divides groups by shares, class by class as near as their sizes allow: first every class into
 * every part where it must be, then group after group, large ones before small ones, where it costs
 * least, then single moves as long as they lower the cost ({@link Assignment}).
 *
 * @param groups to divide
 * @param shares of the parts; their sum is 1
 * @param everywhere classes that must be in every part
 * @param seed another seed gives another division
 */
record Apportionment(Groups groups, List<Double> shares, List<Integer> everywhere, long seed) {
  private static final int MOST_ROUNDS = 20;
  private static final double GAIN = 1e-12;

  /** The part of each group, or the need that cannot be met. */
  record Outcome(List<Integer> parts, Optional<Coverage.Need> unmet) {}

  Outcome divide() {
    var all = groups.groups();
    var wish = shares.stream().mapToDouble(Double::doubleValue).toArray();
    var assignment = new Assignment(all, groups.classes().size(), wish);
    var order = shuffled();
    var needs =
        everywhere.stream()
            .flatMap(label -> IntStream.range(0, wish.length).mapToObj(p -> need(label, p)))
            .toList();
    var unmet = new Coverage(assignment, needs, byClass(order)).search();
    if (unmet.isPresent()) {
      return new Outcome(List.of(), unmet);
    }
    var largeFirst = new ArrayList<>(order);
    largeFirst.sort(Comparator.comparingInt(group -> -magnitude(all.get(group))));
    for (var group : largeFirst) {
      if (assignment.part(group) == Assignment.NONE) {
        assignment.put(group, assignment.cheapest(group));
      }
    }
    improve(assignment, order);
    return new Outcome(assignment.result(), Optional.empty());
  }

  private static Coverage.Need need(int label, int part) {
    return new Coverage.Need(label, part);
  }

  /** The power of two below its size: groups of about one size stay in random order. */
  private static int magnitude(Group group) {
    return 31 - Integer.numberOfLeadingZeros(group.images());
  }

  /** Fisher-Yates. */
  private List<Integer> shuffled() {
    var count = groups.groups().size();
    var order = IntStream.range(0, count).toArray();
    var random = SplitMix.of(seed, count);
    for (var i = count - 1; i > 0; i--) {
      var j = random.nextInt(i + 1);
      var other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return IntStream.of(order).boxed().toList();
  }

  private List<List<Integer>> byClass(List<Integer> order) {
    var byClass = new ArrayList<List<Integer>>();
    groups.classes().forEach(name -> byClass.add(new ArrayList<>()));
    for (var group : order) {
      groups.groups().get(group).counts().forEach(c -> byClass.get(c.label()).add(group));
    }
    return byClass;
  }

  private static void improve(Assignment assignment, List<Integer> order) {
    var moved = true;
    for (var round = 0; moved && round < MOST_ROUNDS; round++) {
      moved = false;
      for (var group : order) {
        moved |= assignment.mayLeave(group) && move(assignment, group);
      }
    }
  }

  private static boolean move(Assignment assignment, int group) {
    var from = assignment.part(group);
    assignment.put(group, Assignment.NONE);
    var to = assignment.cheapest(group);
    var better = assignment.rise(group, to) < assignment.rise(group, from) - GAIN;
    assignment.put(group, better ? to : from);
    return better && to != from;
  }
}
