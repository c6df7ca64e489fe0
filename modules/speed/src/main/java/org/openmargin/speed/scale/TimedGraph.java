package org.openmargin.speed.scale;

import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** The time of a graph that makes its own inputs. */
final class TimedGraph {
  private static final int CALLS = 5;

  private TimedGraph() {}

  /**
   * What a graph consists of.
   *
   * @param initialize run once
   * @param step run again and again
   */
  record Parts(Op initialize, Op step) {}

  /** Milliseconds of a step, the shortest of several. */
  static double millis(Function<Ops, Parts> build) {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var parts = build.apply(Ops.create(graph));
      session.runner().addTarget(parts.initialize()).run().close();
      var runner = session.runner().addTarget(parts.step());
      runner.run().close();
      var least = Long.MAX_VALUE;
      for (var call = 0; call < CALLS; call++) {
        var began = System.nanoTime();
        runner.run().close();
        least = Math.min(least, System.nanoTime() - began);
      }
      return least * 1e-6;
    }
  }
}
