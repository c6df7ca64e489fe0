package org.openmargin.experiment.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;

/**
 * Whether every gradient of a loss is the slope that finite differences find, on random images and
 * with random weights.
 *
 * @param classes C, number of known classes
 */
record GradientCheck(OpenSetNetwork network, int classes) {
  private static final int BATCH = 6;
  private static final long SEED = 3;
  private static final double CLOSE = 1e-4;

  /** Share of a slope that float32 and the curvature of the loss may hide. */
  private static final double SLOPE = 0.05;

  private static final double STEP = 2e-3;

  /** One sentence for each wrong gradient; empty if all are right. */
  List<String> problems() {
    var problems = new ArrayList<String>();
    try (var graph = new CheckedGraph(network, SEED)) {
      var loss = graph.loss(BATCH, classes);
      if (loss.shape().numDimensions() != 0) {
        return List.of("the loss must be one number, not " + loss.shape());
      }
      var trained = graph.trained();
      var gradients = graph.gradients(loss, trained);
      graph.initialize();
      if (!Float.isFinite(graph.value(loss)[0])) {
        return List.of("the loss is " + graph.value(loss)[0]);
      }
      for (var i = 0; i < trained.size(); i++) {
        var variable = trained.get(i);
        var analytic = graph.value(gradients.get(i));
        var length = length(analytic);
        var slope = slope(graph, () -> graph.value(loss)[0], variable, analytic, length);
        if (!(Math.abs(slope - length) <= SLOPE * length + CLOSE)) {
          problems.add(
              String.format(
                  Locale.ROOT,
                  "the gradient of %s is wrong: along it the loss rises by %.5f, not by %.5f",
                  variable.name(),
                  slope,
                  length));
        }
      }
    }
    return problems;
  }

  private interface Loss {
    double now();
  }

  /** The rise of the loss along the gradient, by central differences; 0 for no gradient. */
  private static double slope(
      CheckedGraph graph, Loss loss, Variable variable, float[] gradient, double length) {
    if (length == 0) {
      return 0;
    }
    var weights = graph.value(variable.value());
    var step = STEP * Math.max(1, length(weights));
    graph.assign(variable, moved(weights, gradient, step / length));
    var above = loss.now();
    graph.assign(variable, moved(weights, gradient, -step / length));
    var below = loss.now();
    graph.assign(variable, weights);
    return (above - below) / (2 * step);
  }

  private static float[] moved(float[] from, float[] along, double factor) {
    var moved = new float[from.length];
    for (var i = 0; i < moved.length; i++) {
      moved[i] = (float) (from[i] + factor * along[i]);
    }
    return moved;
  }

  private static double length(float[] values) {
    var sum = 0.0;
    for (var value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
