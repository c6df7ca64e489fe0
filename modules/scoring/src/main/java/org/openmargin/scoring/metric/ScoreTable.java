package org.openmargin.scoring.metric;

import java.util.BitSet;

/** The index of each score in an ascending list: a hash table with one look-up per image. */
final class ScoreTable {
  static final int ABSENT = -1;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final double[] scores;
  private final int[] slots;
  private final int shift;
  private int size;

  private ScoreTable(double[] scores, int bits) {
    this.scores = scores;
    this.slots = new int[1 << bits];
    this.shift = Long.SIZE - bits;
  }

  /** A table of the scores at these indices, which must be distinct and neither -0.0 nor NaN. */
  static ScoreTable of(double[] scores, BitSet indices) {
    int bits = Math.min(30, Integer.SIZE - Integer.numberOfLeadingZeros(indices.cardinality()) + 1);
    var table = new ScoreTable(scores, bits);
    indices.stream().forEach(table::add);
    return table;
  }

  /** Number of scores not yet removed. */
  int size() {
    return size;
  }

  /** The index of this score on the first call; {@link #ABSENT} afterwards or if it is not here. */
  int remove(double score) {
    int slot = slot(score);
    int found = slots[slot];
    if (found <= 0) {
      return ABSENT;
    }
    slots[slot] = -found;
    size--;
    return found - 1;
  }

  private void add(int index) {
    slots[slot(scores[index])] = index + 1;
    size++;
  }

  /** Slots hold index + 1, negative once removed; 0 is free. */
  private int slot(double score) {
    int slot = (int) ((Double.doubleToRawLongBits(score) * SPREAD) >>> shift);
    while (slots[slot] != 0 && scores[Math.abs(slots[slot]) - 1] != score) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
