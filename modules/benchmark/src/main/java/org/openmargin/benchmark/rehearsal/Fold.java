package org.openmargin.benchmark.rehearsal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Known classes that pose as unknown.
 *
 * @param heldOut their ids; none if there are just two classes, whose blends pose as unknown
 */
record Fold(List<Integer> heldOut) {
  private static final int CLASSES_FOR_PAIRS = 5;

  /** The same classes give the same sample. */
  private static final long SEED = 0;

  Fold {
    heldOut = List.copyOf(heldOut);
  }

  /** For example "without 3". */
  String name() {
    return heldOut.isEmpty()
        ? "blends"
        : "without " + heldOut.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }

  /**
   * Each class alone and, of at least five, also pairs: as many as there are classes, if that many
   * fit. Of more than {@code most}, a random sample.
   *
   * @param known ids, at least two
   * @param most folds, at least one
   */
  static List<Fold> of(List<Integer> known, int most) {
    if (known.size() == 2) {
      return List.of(new Fold(List.of()));
    }
    var random = new Random(SEED);
    var single = known.stream().map(id -> new Fold(List.of(id))).toList();
    var folds = new ArrayList<>(sample(single, most, random));
    if (known.size() >= CLASSES_FOR_PAIRS) {
      folds.addAll(sample(pairs(known), Math.min(known.size(), most - folds.size()), random));
    }
    return List.copyOf(folds);
  }

  private static List<Fold> pairs(List<Integer> known) {
    var pairs = new ArrayList<Fold>();
    for (var a = 0; a < known.size(); a++) {
      for (var b = a + 1; b < known.size(); b++) {
        pairs.add(new Fold(List.of(known.get(a), known.get(b))));
      }
    }
    return pairs;
  }

  /** In their order. */
  private static List<Fold> sample(List<Fold> folds, int most, Random random) {
    var shuffled = new ArrayList<>(folds);
    Collections.shuffle(shuffled, random);
    var chosen = shuffled.subList(0, Math.min(most, folds.size()));
    return folds.stream().filter(chosen::contains).toList();
  }
}
