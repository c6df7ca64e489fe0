package org.openmargin.speed.scale;

import java.util.function.Function;
import org.openmargin.speed.ProcessUse;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** The processor time of a graph that makes its own inputs. */
final class TimedGraph {
  /** The clock of processor time is coarse. */
  private static final long ENOUGH_NANOS = 400_000_000;

  private TimedGraph() {}

  /**
   * What a graph consists of.
   *
   * @param initialize run once
   * @param step run again and again
   */
  record Parts(Op initialize, Op step) {}

  /** Milliseconds of a step on all processors together, which other programs hardly change. */
  static double millis(Function<Ops, Parts> build) {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var parts = build.apply(Ops.create(graph));
      session.runner().addTarget(parts.initialize()).run().close();
      var runner = session.runner().addTarget(parts.step());
      runner.run().close();
      var calls = 0;
      var began = ProcessUse.cpuNanos();
      var used = 0L;
      while (used < ENOUGH_NANOS) {
        runner.run().close();
        calls++;
        used = ProcessUse.cpuNanos() - began;
      }
      return used * 1e-6 / calls;
    }
  }
}
