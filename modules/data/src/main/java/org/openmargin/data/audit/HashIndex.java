package org.openmargin.data.audit;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Finds 64-bit hashes that differ in few bits, without comparing all with all: of four blocks of 16
 * bits, one differs in at most a quarter of the bits (multi-index hashing; Norouzi, Punjani and
 * Fleet, CVPR 2012).
 */
final class HashIndex {
  /** Bits that may differ. */
  static final int RADIUS = 11;

  private static final int BLOCKS = 4;
  private static final int VALUES = 1 << 16;

  /** All 16-bit patterns of at most {@code RADIUS / BLOCKS} bits. */
  private static final int[] CHANGES =
      IntStream.range(0, VALUES).filter(v -> Integer.bitCount(v) <= RADIUS / BLOCKS).toArray();

  private final long[] hashes;

  /** For each block: the rows, sorted by the block's value. */
  private final int[][] rows = new int[BLOCKS][];

  /** For each block and value: where its rows begin. */
  private final int[][] starts = new int[BLOCKS][];

  HashIndex(long[] hashes) {
    this.hashes = hashes;
    for (var block = 0; block < BLOCKS; block++) {
      var counts = new int[VALUES + 1];
      for (var hash : hashes) {
        counts[block(hash, block) + 1]++;
      }
      for (var value = 0; value < VALUES; value++) {
        counts[value + 1] += counts[value];
      }
      var next = counts.clone();
      var sorted = new int[hashes.length];
      for (var row = 0; row < hashes.length; row++) {
        sorted[next[block(hashes[row], block)]++] = row;
      }
      rows[block] = sorted;
      starts[block] = counts;
    }
  }

  /** All rows below a limit whose hash differs in at most {@link #RADIUS} bits, each once. */
  void near(long hash, int below, IntConsumer found) {
    for (var block = 0; block < BLOCKS; block++) {
      var value = block(hash, block);
      for (var change : CHANGES) {
        var at = starts[block][value ^ change];
        var end = starts[block][(value ^ change) + 1];
        // Rows of one value ascend.
        for (; at < end && rows[block][at] < below; at++) {
          var row = rows[block][at];
          var difference = hash ^ hashes[row];
          if (Long.bitCount(difference) <= RADIUS && isFirst(difference, block)) {
            found.accept(row);
          }
        }
      }
    }
  }

  /** Whether no earlier block finds it, too. */
  private static boolean isFirst(long difference, int block) {
    for (var earlier = 0; earlier < block; earlier++) {
      if (Integer.bitCount(block(difference, earlier)) <= RADIUS / BLOCKS) {
        return false;
      }
    }
    return true;
  }

  private static int block(long hash, int block) {
    return (int) (hash >>> (16 * block)) & 0xffff;
  }
}
