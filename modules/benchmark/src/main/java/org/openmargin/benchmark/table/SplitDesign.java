package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The class splits behind a table: which of them are complements, and how many independent ones
 * they are worth.
 *
 * @param splits one per column of the tables by trial
 */
public record SplitDesign(List<Split> splits) {
  /** Below this share of independent splits, an interval over them is not one of the method. */
  private static final double MOSTLY_INDEPENDENT = 0.75;

  public SplitDesign {
    splits = List.copyOf(splits);
  }

  /**
   * A class split.
   *
   * @param name of its column
   * @param known names of the known classes; empty before there is a result
   * @param unknown names of the unknown classes that were tested
   */
  public record Split(String name, Set<String> known, Set<String> unknown) {
    public Split {
      known = Set.copyOf(known);
      unknown = Set.copyOf(unknown);
    }

    private boolean isComplementOf(Split other) {
      return !known.isEmpty() && known.equals(other.unknown) && unknown.equals(other.known);
    }
  }

  /**
   * Two splits in which the known classes of one are the unknown ones of the other: together they
   * have every class unknown once.
   */
  public record ComplementPair(String one, String other) {}

  public List<String> names() {
    return splits.stream().map(Split::name).toList();
  }

  /** All classes that are unknown in some split, in alphabetical order. */
  public List<String> unknownClasses() {
    var classes = new TreeSet<String>();
    splits.forEach(split -> classes.addAll(split.unknown()));
    return List.copyOf(classes);
  }

  /** Pairs of complements; no split is in two of them. */
  public List<ComplementPair> complementPairs() {
    var pairs = new ArrayList<ComplementPair>();
    var left = new ArrayList<>(splits);
    while (!left.isEmpty()) {
      var one = left.remove(0);
      left.stream()
          .filter(one::isComplementOf)
          .findFirst()
          .ifPresent(
              other -> {
                left.remove(other);
                pairs.add(new ComplementPair(one.name(), other.name()));
              });
    }
    return pairs;
  }

  /**
   * The number of independent splits that would tell as much: {@code n^2 / sum over all pairs of
   * max(0, phi)}, where phi is the correlation of two splits' known classes (1 for equal splits, 0
   * if they share as many as by chance). NaN before there are results.
   */
  public double independent() {
    var measured = splits.stream().filter(split -> !split.known().isEmpty()).toList();
    var classes = new HashSet<String>();
    measured.forEach(split -> classes.addAll(split.known()));
    measured.forEach(split -> classes.addAll(split.unknown()));
    double sum = 0;
    for (var one : measured) {
      for (var other : measured) {
        sum += Math.max(0, phi(one.known(), other.known(), classes.size()));
      }
    }
    return measured.isEmpty() ? Double.NaN : measured.size() * measured.size() / sum;
  }

  private static double phi(Set<String> one, Set<String> other, double classes) {
    var common = new HashSet<>(one);
    common.retainAll(other);
    double spread = one.size() * (classes - one.size()) * other.size() * (classes - other.size());
    return spread == 0
        ? 1
        : (classes * common.size() - one.size() * other.size()) / Math.sqrt(spread);
  }

  /** Whether the splits have so much in common that they tell much less than their number says. */
  public boolean isRepetitive() {
    var measured = splits.stream().filter(split -> !split.known().isEmpty()).count();
    return !isOneSplit() && independent() < MOSTLY_INDEPENDENT * measured;
  }

  /** Whether all columns are the same split, with other seeds. */
  private boolean isOneSplit() {
    return splits.stream().map(Split::known).distinct().count() == 1;
  }

  /** "about two independent designs". */
  public String worth() {
    var number = Math.max(1, Math.round(independent()));
    return "about %s independent design%s".formatted(Words.number(number), number == 1 ? "" : "s");
  }
}
