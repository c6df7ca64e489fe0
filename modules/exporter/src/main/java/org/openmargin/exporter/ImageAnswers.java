package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variables;
import org.openmargin.scoring.evaluation.Guard;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.exporter.score.Reals;
import org.openmargin.exporter.score.UnknownScoreGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * The network's outputs for a batch, before the decision.
 *
 * @param classNames [C]
 * @param undecided outputs that do not depend on the decision
 * @param score [n], the unknown score
 * @param unusual [n], what the guard says
 */
record ImageAnswers(
    Ops tf,
    Operand<TString> classNames,
    Map<String, Operand<?>> undecided,
    UnknownScoreGraph.Best best,
    Operand<TFloat64> score,
    Operand<TBool> unusual) {

  static ImageAnswers of(
      Ops tf, Variables variables, Operand<TUint8> pixels, ExportRequest request) {
    var decision = request.decision();
    var net = Net.root(tf, variables, new Mode.Inference());
    var network = request.source().network();
    var batch = NonEmptyBatch.of(tf, pixels, network.input());
    var endpoints = network.endpoints(net, batch.pixels());
    var logits = batch.rows(endpoints.logits());
    var known = decision.head().knownClasses();
    requireColumns(logits.shape(), decision.head().columns());
    var best = UnknownScoreGraph.Best.of(tf, logits, known);
    var embeddings = batch.rows(endpoints.embeddings());
    var features = new LinkedHashMap<String, Operand<TFloat32>>();
    endpoints.features().forEach((name, values) -> features.put(name, batch.rows(values)));
    var rows = new UnknownScoreGraph.Rows(logits, embeddings, endpoints.scale(), features);
    var graph = new UnknownScoreGraph<>(Reals.doubles(tf), rows, known, best);
    var score = graph.of(decision.scorer());
    var undecided = new LinkedHashMap<String, Operand<?>>();
    undecided.put(
        ModelContract.PROBABILITIES, UnknownScoreGraph.first(tf, tf.nn.softmax(logits), known));
    undecided.put(ModelContract.LOGITS, logits);
    undecided.put(ModelContract.EMBEDDING, embeddings);
    var names = tf.array(decision.classNames());
    var unusual = unusual(tf, graph, decision.guard(), score);
    return new ImageAnswers(tf, names, undecided, best, score, unusual);
  }

  private static Operand<TBool> unusual(
      Ops tf, UnknownScoreGraph<TFloat64> graph, Optional<Guard> guard, Operand<TFloat64> score) {
    return guard
        .<Operand<TBool>>map(
            g -> rejected(tf, graph.of(g.scorer()), tf.constant(g.threshold().threshold())))
        .orElseGet(() -> tf.fill(tf.shape(score), tf.constant(false)));
  }

  private static void requireColumns(Shape logits, int columns) {
    if (logits.get(1) != columns) {
      throw new ModelException(
          "the network gives %d logits, but the head has %d columns (class names and open class)"
              .formatted(logits.get(1), columns));
    }
  }

  /** Whether the model's own threshold [] rejects: [n]. */
  Operand<TBool> unknown(Operand<TFloat64> threshold) {
    return rejected(tf, score, threshold);
  }

  /**
   * Whether a client's threshold [1] or [n] rejects: [n]. It is compared with the score that the
   * client sees, so that a score that comes back as a threshold accepts its row.
   */
  Operand<TBool> unknownFor(Operand<TFloat32> threshold) {
    // Without the broadcast, one row and several thresholds would give several answers.
    return rejected(tf, shownScore(), tf.broadcastTo(threshold, tf.shape(score)));
  }

  private Operand<TFloat32> shownScore() {
    return tf.dtypes.cast(score, TFloat32.class);
  }

  /** Not accepted: {@code not (score <= threshold)}, and whatever is not finite. */
  static <T extends TNumber> Operand<TBool> rejected(
      Ops tf, Operand<T> score, Operand<T> threshold) {
    var finite = tf.math.logicalAnd(tf.math.isFinite(score), tf.math.isFinite(threshold));
    return tf.math.logicalNot(tf.math.logicalAnd(finite, tf.math.lessEqual(score, threshold)));
  }

  /** All outputs of an image signature, for the decision {@code unknown} [n]. */
  Map<String, Operand<?>> outputs(Operand<TBool> unknown) {
    var label = tf.gather(classNames, best.index(), tf.constant(0));
    Operand<TInt64> none = tf.constant(-1L);
    var outputs = new LinkedHashMap<>(undecided);
    outputs.put(ModelContract.LABEL, tf.select(unknown, tf.constant(ModelContract.UNKNOWN), label));
    outputs.put(ModelContract.LABEL_INDEX, tf.select(unknown, none, best.index()));
    outputs.put(ModelContract.BEST_KNOWN_LABEL, label);
    outputs.put(ModelContract.BEST_KNOWN_INDEX, best.index());
    outputs.put(ModelContract.IS_UNKNOWN, unknown);
    outputs.put(ModelContract.INPUT_IS_UNUSUAL, unusual);
    outputs.put(ModelContract.UNKNOWN_SCORE, shownScore());
    return outputs;
  }
}
