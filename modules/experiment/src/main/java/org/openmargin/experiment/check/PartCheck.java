package org.openmargin.experiment.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.files.Folders;
import org.openmargin.nn.OpenSetNetwork;
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

  /** What is wrong, one sentence each; empty if nothing is. */
  public List<String> problems() {
    TensorFlowLog.quieten();
    var problems = new ArrayList<String>();
    try {
      problems.addAll(new GradientCheck(network, classes).problems());
      problems.addAll(outputs());
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      problems.add("a graph cannot be built or run: " + e.getMessage());
    }
    return List.copyOf(problems);
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
