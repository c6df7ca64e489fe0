package org.openmargin.experiment.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.files.Folders;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.runtime.TensorFlowLog;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Checks a loss and a backbone before hours are spent on training them: on random images and with
 * random weights, whether the shapes are those of the contracts, every gradient is the slope that
 * finite differences find, training and inference compute the same, rows do not depend on their
 * batch, and a checkpoint holds all that inference needs. Each is needed for an export.
 *
 * @param network with the parts to check
 * @param classes C, number of known classes
 */
public record PartCheck(OpenSetNetwork network, int classes) {
  private static final int BATCH = 6;
  private static final long SEED = 3;
  private static final double CLOSE = 1e-4;

  /** Share of a slope that float32 and the curvature of the loss may hide. */
  private static final double SLOPE = 0.05;

  private static final double STEP = 2e-3;

  /** What is wrong, one sentence each; empty if nothing is. */
  public List<String> problems() {
    TensorFlowLog.quieten();
    var problems = new ArrayList<String>();
    try {
      problems.addAll(gradients());
      problems.addAll(outputs());
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      problems.add("a graph cannot be built or run: " + e.getMessage());
    }
    return List.copyOf(problems);
  }

  private List<String> gradients() {
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

  private List<String> outputs() {
    var problems = new ArrayList<String>();
    try (var graph = new CheckedGraph(network, SEED)) {
      var images = graph.images(0, BATCH);
      var inferred = graph.endpoints(images, false);
      var trained = graph.endpoints(images, true);
      var alone = graph.endpoints(graph.images(0, 1), false);
      graph.initialize();
      var columns = classes + (network.head().hasOpenClass() ? 1 : 0);
      if (inferred.logits().shape().get(1) != columns) {
        problems.add(
            "the logits have %d columns, not %d: one per known class%s"
                .formatted(
                    inferred.logits().shape().get(1),
                    columns,
                    network.head().hasOpenClass() ? " and one for the open class" : ""));
      }
      var size = network.backbone().embeddingSize(network.input());
      if (inferred.embeddings().shape().get(1) != size) {
        problems.add(
            "embeddings have %d columns, but embeddingSize says %d"
                .formatted(inferred.embeddings().shape().get(1), size));
      }
      var logits = graph.value(inferred.logits());
      if (differ(logits, graph.value(trained.logits()))) {
        problems.add("training, with its batch norms frozen, gives other logits than inference");
      }
      if (differ(graph.value(alone.logits()), logits)) {
        problems.add("in inference, the logits of an image depend on the rest of its batch");
      }
      problems.addAll(restored(graph, logits));
    }
    return problems;
  }

  private List<String> restored(CheckedGraph graph, float[] logits) {
    try {
      var folder = Files.createTempDirectory("openmargin-check");
      try (var other = new CheckedGraph(network, SEED + 1)) {
        var prefix = folder.resolve("weights");
        graph.save(prefix);
        var again = other.endpoints(other.images(0, BATCH), false);
        other.initialize();
        other.restore(prefix);
        return differ(other.value(again.logits()), logits)
            ? List.of("restored from a checkpoint, the network gives other logits")
            : List.of();
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether one of the first values differs from its counterpart by more than rounding. */
  private static boolean differ(float[] some, float[] others) {
    for (var i = 0; i < some.length; i++) {
      if (!(Math.abs(some[i] - others[i]) <= CLOSE * Math.max(1, Math.abs(others[i])))) {
        return true;
      }
    }
    return false;
  }
}
