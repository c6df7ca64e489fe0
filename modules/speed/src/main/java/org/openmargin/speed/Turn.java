package org.openmargin.speed;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Calls in a row.
 *
 * @param millis of each call, ascending
 * @param cpuMillis processor time of the whole process per call: another program's load lengthens
 *     the wall-clock time, this one hardly
 */
@SuppressWarnings("ArrayRecordComponent") // many small numbers, never compared
record Turn(double[] millis, double cpuMillis) {

  /** Copies and sorts. */
  Turn {
    millis = millis.clone();
    Arrays.sort(millis);
  }

  /** One call. */
  static Turn once(Runnable call) {
    return of(1, 1, call);
  }

  /**
   * Calls in this process.
   *
   * @param calls of each thread
   * @param threads that call side by side
   */
  static Turn of(int calls, int threads, Runnable call) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var cpu = system.getProcessCpuTime();
      var running =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> timed(calls, call), pool))
              .limit(threads)
              .toList();
      var millis = running.stream().flatMapToDouble(t -> Arrays.stream(t.join())).toArray();
      return new Turn(millis, (system.getProcessCpuTime() - cpu) * 1e-6 / millis.length);
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

  /** Middle of the calls. */
  double median() {
    return quantile(millis, 0.5);
  }

  /**
   * @param sorted ascending, at least one
   * @param share 0 to 1
   */
  static double quantile(double[] sorted, double share) {
    var at = share * (sorted.length - 1);
    var below = (int) at;
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
