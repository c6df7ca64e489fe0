package org.openmargin.speed;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Calls in a row.
 *
 * @param millis of each call
 * @param cpuMillis processor time of the whole process per call
 */
record Turn(Quantiles millis, double cpuMillis) {

  static Turn once(Runnable call) {
    return of(1, 1, call);
  }

  /**
   * Calls in this process.
   *
   * @param calls per thread
   * @param threads that call at the same time
   */
  static Turn of(int calls, int threads, Runnable call) {
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var cpu = ProcessUse.cpuNanos();
      var running =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> timed(calls, call), pool))
              .limit(threads)
              .toList();
      var millis = running.stream().flatMapToDouble(t -> Arrays.stream(t.join())).toArray();
      var used = (ProcessUse.cpuNanos() - cpu) * 1e-6;
      return new Turn(Quantiles.of(Arrays.stream(millis)), used / millis.length);
    } finally {
      pool.shutdown();
    }
  }

  private static double[] timed(int calls, Runnable call) {
    var millis = new double[calls];
    for (var i = 0; i < calls; i++) {
      var began = System.nanoTime();
      call.run();
      millis[i] = (System.nanoTime() - began) * 1e-6;
    }
    return millis;
  }

  /** Median time of a call, ms. */
  double median() {
    return millis.median();
  }
}
