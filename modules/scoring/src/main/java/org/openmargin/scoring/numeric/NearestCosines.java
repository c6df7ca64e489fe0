package org.openmargin.scoring.numeric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The k largest cosines between each query and a bank of embeddings, each times its row's weight,
 * in double precision: a blocked matrix product that keeps only the k largest per query. Every dot
 * product is summed in the same order, so a query's result does not depend on the others.
 *
 * @param bank [N][d]
 * @param factors [N], weight over length
 * @param k from 1 to N
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
public record NearestCosines(float[][] bank, double[] factors, int k) {
  /** Rows of the bank in a tile: [d][TILE] doubles stay in the processor's cache. */
  private static final int TILE = 128;

  /** Queries that share a tile. */
  private static final int QUERIES = 32;

  /** Embedding dimensions multiplied at once. */
  private static final int DEPTH = 4;

  /** The k-th largest for each of [n][d] queries: [n]. */
  public double[] smallest(float[][] queries) {
    return of(queries, Largest::smallest);
  }

  /** The mean of the k largest for each of [n][d] queries: [n]. */
  public double[] means(float[][] queries) {
    return of(queries, Largest::mean);
  }

  private double[] of(float[][] queries, ToDoubleFunction<Largest> summary) {
    var result = new double[queries.length];
    int blocks = (queries.length + QUERIES - 1) / QUERIES;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int from = block * QUERIES;
              int to = Math.min(queries.length, from + QUERIES);
              var found = block(Arrays.copyOfRange(queries, from, to), summary);
              System.arraycopy(found, 0, result, from, found.length);
            });
    return result;
  }

  private double[] block(float[][] queries, ToDoubleFunction<Largest> summary) {
    // Padded with zeros, because the kernel takes four dimensions at a time.
    int depth = (bank[0].length + DEPTH - 1) / DEPTH * DEPTH;
    var padded = new double[queries.length][depth];
    var largest = new Largest[queries.length];
    for (int q = 0; q < queries.length; q++) {
      largest[q] = new Largest(new double[k]);
      var unit = Vectors.unit(Vectors.doubles(queries[q]));
      System.arraycopy(unit, 0, padded[q], 0, unit.length);
    }
    var tile = new double[depth][TILE];
    var cosines = new double[TILE];
    for (int from = 0; from < bank.length; from += TILE) {
      int count = Math.min(TILE, bank.length - from);
      fill(tile, from, count);
      for (int q = 0; q < queries.length; q++) {
        Arrays.fill(cosines, 0);
        for (int i = 0; i < depth; i += DEPTH) {
          add(padded[q], i, tile, cosines);
        }
        largest[q].add(cosines, count);
      }
    }
    return Arrays.stream(largest).mapToDouble(summary).toArray();
  }

  /**
   * Rows of the bank, normalised and weighted, as columns; one array per dimension, so that loops
   * are vectorised.
   */
  private void fill(double[][] tile, int from, int count) {
    for (int j = 0; j < count; j++) {
      var row = bank[from + j];
      double factor = factors[from + j];
      for (int i = 0; i < row.length; i++) {
        tile[i][j] = row[i] * factor;
      }
    }
  }

  /** Written so that the compiler vectorises the loop. */
  private static void add(double[] query, int i, double[][] tile, double[] sums) {
    double q0 = query[i];
    double q1 = query[i + 1];
    double q2 = query[i + 2];
    double q3 = query[i + 3];
    var t0 = tile[i];
    var t1 = tile[i + 1];
    var t2 = tile[i + 2];
    var t3 = tile[i + 3];
    for (int j = 0; j < TILE; j++) {
      sums[j] += q0 * t0[j] + q1 * t1[j] + (q2 * t2[j] + q3 * t3[j]);
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

    double mean() {
      return Arrays.stream(heap).sum() / heap.length;
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
