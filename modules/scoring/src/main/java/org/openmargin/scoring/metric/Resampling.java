package org.openmargin.scoring.metric;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Images to draw from, each given by the index of its distinct score. Correct known images come
 * first, so that a draw's accuracy depends on the random numbers alone and is the same for every
 * scorer.
 */
@SuppressWarnings("ArrayRecordComponent") // private to the bootstrap, never compared
record Resampling(int[] known, int correctImages, int[] unknown, int distinct) {
  /** Limit on the counts of all workers together, bytes. */
  private static final long MOST_BYTES = 1L << 30;

  static Resampling of(Sweep sweep) {
    var known = new int[sweep.knownImages()];
    var unknown = new int[sweep.unknownImages()];
    int right = 0;
    int wrong = sweep.correctImages();
    for (int i = 0; i < sweep.size(); i++) {
      int nextRight = sweep.correct()[i];
      int nextWrong = sweep.correctImages() + sweep.known()[i] - nextRight;
      Arrays.fill(known, right, nextRight, i);
      Arrays.fill(known, wrong, nextWrong, i);
      Arrays.fill(unknown, Sweep.below(sweep.unknown(), i), sweep.unknown()[i], i);
      right = nextRight;
      wrong = nextWrong;
    }
    return new Resampling(known, sweep.correctImages(), unknown, sweep.size());
  }

  /** Number of parallel workers: one per processor, fewer if the counts are large. */
  int workers() {
    long affordable = Math.max(1, MOST_BYTES / (3L * Integer.BYTES * distinct));
    return (int) Math.min(Runtime.getRuntime().availableProcessors(), affordable);
  }

  Draw newDraw() {
    return new Draw();
  }

  /** Draws one resample at a time; the arrays of counts are reused. */
  final class Draw {
    private final int[] knownAt = new int[distinct];
    private final int[] correctAt = new int[distinct];
    private final int[] unknownAt = new int[distinct];
    private int correctDrawn;
    private long aurocHalfPairs;
    private long oscrHalfPairs;

    void resample(SplittableRandom random) {
      correctDrawn = 0;
      for (int i = 0; i < known.length; i++) {
        int image = below(known.length, random);
        knownAt[known[image]]++;
        if (image < correctImages) {
          correctAt[known[image]]++;
          correctDrawn++;
        }
      }
      for (int i = 0; i < unknown.length; i++) {
        unknownAt[unknown[below(unknown.length, random)]]++;
      }
      countPairs();
    }

    double acc() {
      return (double) correctDrawn / known.length;
    }

    double auroc() {
      return aurocHalfPairs / (2.0 * known.length * unknown.length);
    }

    double oscr() {
      return oscrHalfPairs / (2.0 * known.length * unknown.length);
    }

    /** As {@link Sweep#shareOfPairs}; leaves the counts at zero. */
    private void countPairs() {
      aurocHalfPairs = 0;
      oscrHalfPairs = 0;
      long doubledKnown = 0;
      long doubledCorrect = 0;
      for (int i = 0; i < distinct; i++) {
        long unknownHere = unknownAt[i];
        aurocHalfPairs += unknownHere * (doubledKnown + knownAt[i]);
        oscrHalfPairs += unknownHere * (doubledCorrect + correctAt[i]);
        doubledKnown += 2L * knownAt[i];
        doubledCorrect += 2L * correctAt[i];
        knownAt[i] = 0;
        correctAt[i] = 0;
        unknownAt[i] = 0;
      }
    }

    /**
     * Uniform in [0, bound) but for a bias below 2^-32: the integer part of bound times a 63-bit
     * fraction.
     */
    private static int below(int bound, SplittableRandom random) {
      return (int) Math.multiplyHigh(random.nextLong() >>> 1, 2L * bound);
    }
  }
}
