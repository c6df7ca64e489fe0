package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.exporter.score.ConformalPValue;
import org.openmargin.exporter.score.DecisionGraph;
import org.openmargin.exporter.score.Reals;
import org.openmargin.exporter.score.SimilarityGraph;
import org.openmargin.exporter.score.UnknownScoreGraph;
import org.openmargin.nn.OpenSetNetwork.Endpoints;
import org.openmargin.scoring.evaluation.Guard;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The network's outputs for a batch, before the decision. What is not accepted is rejected: a
 * number that is not finite, wherever it arises, accepts nothing and leaves in no output.
 *
 * @param classNames [C]
 * @param undecided outputs that do not depend on the decision, [n, columns] each
 * @param score [n], the unknown score as a float: the number that is returned is the one compared
 * @param limit scalar or [n], the largest score that the model accepts
 * @param pValue [n], see {@link ConformalPValue}
 * @param finite [n], whether all numbers of the row are
 * @param unusual [n], what the guard says
 */
record ImageAnswers(
    Ops tf,
    Operand<TString> classNames,
    Map<String, Operand<TFloat32>> undecided,
    UnknownScoreGraph.Best best,
    Operand<TFloat32> score,
    Operand<TFloat32> limit,
    Operand<TFloat32> pValue,
    Operand<TBool> finite,
    Operand<TBool> unusual) {

  /**
   * @param batch whose images the network has seen
   * @param endpoints what it gave for them
   */
  static ImageAnswers of(
      Reals<TFloat64> real, NonEmptyBatch batch, Endpoints endpoints, ExportRequest request) {
    var tf = real.tf();
    var by = request.decision();
    var named = DecisionGraph.EXACT;
    Operand<TFloat32> logits = tf.withName(named.logits()).identity(batch.rows(endpoints.logits()));
    var known = by.head().knownClasses();
    requireColumns(logits.shape(), by.head().columns());
    var first = UnknownScoreGraph.Best.of(tf, logits, known);
    var index = tf.withName(named.best()).identity(first.index());
    var best = new UnknownScoreGraph.Best(first.logit(), index);
    var embeddings = batch.rows(endpoints.embeddings());
    var features = new LinkedHashMap<String, Operand<TFloat32>>();
    endpoints.features().forEach((name, values) -> features.put(name, batch.rows(values)));
    var rows = new UnknownScoreGraph.Rows(logits, embeddings, endpoints.scale(), features);
    var graph = new UnknownScoreGraph<>(real, rows, known, best);
    Operand<TFloat32> score =
        tf.withName(named.score()).dtypes.cast(graph.of(by.scorer()), TFloat32.class);
    var undecided = new LinkedHashMap<String, Operand<TFloat32>>();
    var decided = named.of(tf, new DecisionGraph.Inputs(logits, index, score), by.rule(), known);
    undecided.put(ModelContract.PROBABILITIES, decided.probabilities());
    undecided.put(ModelContract.LOGITS, logits);
    undecided.put(
        ModelContract.EMBEDDING,
        request
            .source()
            .similarity()
            .map(new SimilarityGraph<>(real, features)::of)
            .orElse(embeddings));
    var names = tf.array(by.classNames());
    var unusual = unusual(tf, graph, by.guard(), score);
    var finite = finite(tf, undecided, score);
    return new ImageAnswers(
        tf, names, undecided, best, score, decided.limit(), decided.pValue(), finite, unusual);
  }

  static Operand<TBool> finite(
      Ops tf, Map<String, Operand<TFloat32>> undecided, Operand<TFloat32> score) {
    var numbers = tf.concat(List.copyOf(undecided.values()), tf.constant(1));
    var rows = tf.reduceAll(tf.math.isFinite(numbers), tf.array(1));
    return tf.math.logicalAnd(tf.math.isFinite(score), rows);
  }

  private static Operand<TBool> unusual(
      Ops tf, UnknownScoreGraph<TFloat64> graph, Optional<Guard> guard, Operand<TFloat32> score) {
    return guard
        .<Operand<TBool>>map(
            g ->
                rejected(
                    tf,
                    tf.withName(ModelContract.GUARD_SCORE)
                        .dtypes
                        .cast(graph.of(g.scorer()), TFloat32.class),
                    tf.constant(DecisionGraph.limit(g.threshold()))))
        .orElseGet(() -> tf.fill(tf.shape(score), tf.constant(false)));
  }

  private static void requireColumns(Shape logits, int columns) {
    if (logits.get(1) != columns) {
      throw new ModelException(
          "the network gives %d logits, but the head has %d columns (class names and open class)"
              .formatted(logits.get(1), columns));
    }
  }

  /** Whether the model's own threshold rejects: [n]. */
  Operand<TBool> unknown() {
    return rejected(tf, score, limit);
  }

  /**
   * Whether a client's threshold [1] or [n] rejects: [n]. It is compared with the score that the
   * client sees, so that a score that comes back as a threshold accepts its row.
   */
  Operand<TBool> unknownFor(Operand<TFloat32> threshold) {
    // Without the broadcast, one row and several thresholds would give several answers.
    return rejected(tf, score, tf.broadcastTo(threshold, tf.shape(score)));
  }

  /** Not accepted: {@code not (score <= threshold)}, and whatever is not finite. */
  static Operand<TBool> rejected(Ops tf, Operand<TFloat32> score, Operand<TFloat32> threshold) {
    var finite = tf.math.logicalAnd(tf.math.isFinite(score), tf.math.isFinite(threshold));
    return tf.math.logicalNot(tf.math.logicalAnd(finite, tf.math.lessEqual(score, threshold)));
  }

  /**
   * All outputs of a signature for pixels.
   *
   * @param unknown [n], the decision by the score
   */
  Map<String, Operand<?>> outputs(Operand<TBool> unknown) {
    return outputs(unknown, finite, tf.select(finite, code(Reason.OK), code(Reason.NOT_FINITE)));
  }

  /**
   * All outputs of a signature for files.
   *
   * @param unknown [n], the decision by the score
   * @param files [n], what {@link Reason} a file gives to reject it without a score
   */
  Map<String, Operand<?>> outputs(Operand<TBool> unknown, Operand<TString> files) {
    var usable = tf.math.equal(files, code(Reason.OK));
    var ok = tf.math.logicalAnd(usable, finite);
    var broken = tf.math.logicalAnd(usable, tf.math.logicalNot(finite));
    return outputs(unknown, ok, tf.select(broken, code(Reason.NOT_FINITE), files));
  }

  /**
   * @param ok [n], whether the row has a score
   * @param without [n], why it has none
   */
  private Map<String, Operand<?>> outputs(
      Operand<TBool> unknown, Operand<TBool> ok, Operand<TString> without) {
    var rejected = tf.math.logicalOr(unknown, tf.math.logicalNot(ok));
    var odd = tf.math.logicalAnd(ok, unusual);
    var reason = tf.select(tf.math.logicalAnd(odd, unknown), code(Reason.UNUSUAL_INPUT), without);
    Operand<TString> none = tf.constant(ModelContract.UNKNOWN);
    var label = tf.gather(classNames, best.index(), tf.constant(0));
    Operand<TInt64> noIndex = tf.constant(-1L);
    var column = tf.expandDims(ok, tf.constant(1));
    var outputs = new LinkedHashMap<String, Operand<?>>();
    undecided.forEach((name, rows) -> outputs.put(name, tf.select(column, rows, tf.constant(0f))));
    outputs.put(ModelContract.LABEL, tf.select(rejected, none, label));
    outputs.put(ModelContract.LABEL_INDEX, tf.select(rejected, noIndex, best.index()));
    outputs.put(ModelContract.BEST_KNOWN_LABEL, tf.select(ok, label, none));
    outputs.put(ModelContract.BEST_KNOWN_INDEX, tf.select(ok, best.index(), noIndex));
    outputs.put(ModelContract.IS_UNKNOWN, rejected);
    outputs.put(ModelContract.INPUT_IS_UNUSUAL, odd);
    outputs.put(ModelContract.REASON, reason);
    outputs.put(ModelContract.P_VALUE, tf.select(ok, pValue, tf.constant(0f)));
    outputs.put(
        ModelContract.UNKNOWN_SCORE, tf.select(ok, score, tf.constant(ModelContract.NO_SCORE)));
    return outputs;
  }

  private Operand<TString> code(Reason reason) {
    return tf.constant(reason.code());
  }
}
