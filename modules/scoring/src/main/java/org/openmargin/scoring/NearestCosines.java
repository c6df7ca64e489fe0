package org.openmargin.scoring;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The k-th largest cosine between each query and a bank of embeddings, in double precision: a
 * matrix product in blocks, of which only the k largest per query are kept. Every product of two
 * rows is added up in the same order, so a query's result does not depend on the others.
 *
 * @param bank [N][d]
 * @param inverseLengths [N]
 * @param k from 1 to N
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record NearestCosines(float[][] bank, double[] inverseLengths, int k) {
  /** Rows of the bank in a tile: [d][TILE] doubles stay in the processor's cache. */
  private static final int TILE = 128;

  /** Queries that share a tile; even. */
  private static final int QUERIES = 32;

  /** Numbers of an embedding that are multiplied at once. */
  private static final int DEPTH = 4;

  /**
   * @param queries [n][d]
   * @return [n]
   */
  double[] of(float[][] queries) {
    double[] result = new double[queries.length];
    int blocks = (queries.length + QUERIES - 1) / QUERIES;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int from = block * QUERIES;
              int to = Math.min(queries.length, from + QUERIES);
              double[] found = block(Arrays.copyOfRange(queries, from, to));
              System.arraycopy(found, 0, result, from, found.length);
            });
    return result;
  }

  private double[] block(float[][] queries) {
    int depth = (bank[0].length + DEPTH - 1) / DEPTH * DEPTH;
    // One query more where they are odd, and zeros at the end: the kernel takes two, and four deep.
    double[][] padded = new double[(queries.length + 1) / 2 * 2][depth];
    Largest[] largest = new Largest[padded.length];
    for (int q = 0; q < padded.length; q++) {
      largest[q] = new Largest(new double[k]);
      if (q < queries.length) {
        double[] unit = Vectors.unit(Vectors.doubles(queries[q]));
        System.arraycopy(unit, 0, padded[q], 0, unit.length);
      }
    }
    double[] tile = new double[depth * TILE];
    double[] first = new double[TILE];
    double[] second = new double[TILE];
    for (int from = 0; from < bank.length; from += TILE) {
      int count = Math.min(TILE, bank.length - from);
      fill(tile, from, count);
      for (int q = 0; q < queries.length; q += 2) {
        products(padded[q], padded[q + 1], tile, first, second);
        largest[q].add(first, count);
        largest[q + 1].add(second, count);
      }
    }
    return IntStream.range(0, queries.length).mapToDouble(q -> largest[q].smallest()).toArray();
  }

  /** Rows of the bank, normalised, as columns. */
  private void fill(double[] tile, int from, int count) {
    for (int j = 0; j < count; j++) {
      float[] row = bank[from + j];
      double factor = inverseLengths[from + j];
      for (int i = 0; i < row.length; i++) {
        tile[i * TILE + j] = row[i] * factor;
      }
    }
  }

  private static void products(double[] a, double[] b, double[] tile, double[] ofA, double[] ofB) {
    Arrays.fill(ofA, 0);
    Arrays.fill(ofB, 0);
    for (int i = 0; i < a.length; i += DEPTH) {
      add(a, b, i, tile, ofA, ofB);
    }
  }

  /** A loop that the compiler turns into vector instructions. */
  private static void add(
      double[] a, double[] b, int i, double[] tile, double[] ofA, double[] ofB) {
    double a0 = a[i];
    double a1 = a[i + 1];
    double a2 = a[i + 2];
    double a3 = a[i + 3];
    double b0 = b[i];
    double b1 = b[i + 1];
    double b2 = b[i + 2];
    double b3 = b[i + 3];
    int t0 = i * TILE;
    int t1 = t0 + TILE;
    int t2 = t1 + TILE;
    int t3 = t2 + TILE;
    for (int j = 0; j < TILE; j++) {
      double x0 = tile[t0 + j];
      double x1 = tile[t1 + j];
      double x2 = tile[t2 + j];
      double x3 = tile[t3 + j];
      ofA[j] += a0 * x0 + a1 * x1 + (a2 * x2 + a3 * x3);
      ofB[j] += b0 * x0 + b1 * x1 + (b2 * x2 + b3 * x3);
    }
  }

  /** The k largest numbers so far: a heap with the smallest of them first. */
  private static final class Largest {
    private final double[] heap;

    Largest(double[] heap) {
      this.heap = heap;
      Arrays.fill(heap, Double.NEGATIVE_INFINITY);
    }

    double smallest() {
      return heap[0];
    }

    void add(double[] values, int count) {
      for (int i = 0; i < count; i++) {
        if (values[i] > heap[0]) {
          replaceSmallest(values[i]);
        }
      }
    }

    private void replaceSmallest(double value) {
      int at = 0;
      int child = 1;
      while (child < heap.length) {
        if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
          child++;
        }
        if (heap[child] >= value) {
          break;
        }
        heap[at] = heap[child];
        at = child;
        child = 2 * at + 1;
      }
      heap[at] = value;
    }
  }
}
