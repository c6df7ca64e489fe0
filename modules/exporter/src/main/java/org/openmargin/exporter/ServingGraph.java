package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The graph that is served: any batch size, no training, the decision inside. Its signatures are
 *
 * <ul>
 *   <li>{@code serving_default}: {@code images} uint8 [n, h, w, channels], any h and w;
 *   <li>{@code serving_bytes}: {@code image_bytes} string [n], JPEG or PNG files; one more output {@code
 *       input_ok} bool [n], see {@link EncodedImages};
 *   <li>{@code serving_threshold}: {@code images} and {@code threshold} float [n] or [1], which decides
 *       in place of the model's own;
 *   <li>{@code describe}: {@code query} string [n], any text; answers what the model is, once per row.
 * </ul>
 *
 * <p>The outputs of the first three: {@code probabilities} [n, C], {@code logits} [n, C or C+1],
 * {@code label} string [n], {@code label_index} int64 [n] (-1 = unknown), {@code best_known_label},
 * {@code best_known_index}, {@code is_unknown} bool [n], {@code unknown_score} float [n], {@code
 * embedding} [n, d]. Probabilities are over the known classes and, where the head has one, the open
 * class, which is not listed: rows then sum to less than 1.
 *
 * <p>{@code image_bytes} are decoded into the default value of {@code images}, so the network is there
 * once.
 *
 * @param signatures how to call it
 * @param variables its weights
 * @param file saves and restores them
 * @param labelsFile constant that a loader sets to the path of {@code assets/labels.txt}
 */
record ServingGraph(
    List<ServingSignature> signatures,
    Variables variables,
    VariableFile file,
    Operand<TString> labelsFile) {

  static final String DEFAULT = "serving_default";
  static final String BYTES = "serving_bytes";
  static final String THRESHOLD = "serving_threshold";
  static final String DESCRIBE = "describe";

  /** Adds the graph. */
  static ServingGraph build(Ops tf, ExportRequest request, Description description) {
    var source = request.source();
    var input = source.network().input();
    var files = tf.withName("image_bytes").placeholder(TString.class, shape(-1));
    var preprocessing = new Preprocessing(input, source.centreCropPx());
    var decoded = EncodedImages.of(tf, files, preprocessing);
    var images =
        tf.withName("images")
            .placeholderWithDefault(decoded.pixels(), Shape.of(-1, -1, -1, input.channels()));
    var variables = new Variables(tf, 0);
    var rows = Rows.of(tf, variables, preprocessing.apply(tf, images), request);
    var limit = tf.withName("threshold").placeholder(TFloat32.class, shape(-1));
    var unknown = rows.above(tf.constant(request.decision().threshold().threshold()));
    var bytesOutputs = rows.outputs(tf.math.logicalOr(unknown, tf.math.logicalNot(decoded.ok())));
    bytesOutputs.put("input_ok", decoded.ok());
    var signatures =
        List.of(
            new ServingSignature(DEFAULT, Map.of("images", images), rows.outputs(unknown)),
            new ServingSignature(BYTES, Map.of("image_bytes", files), bytesOutputs),
            new ServingSignature(
                THRESHOLD,
                Map.of("images", images, "threshold", limit),
                rows.outputs(rows.above(tf.dtypes.cast(limit, TFloat64.class)))),
            describe(tf, request, description));
    var file = VariableFile.of(tf, variables.model());
    return new ServingGraph(
        signatures, variables, file, tf.withName("labels_file").constant(Description.LABELS_FILE));
  }

  private static ServingSignature describe(
      Ops tf, ExportRequest request, Description description) {
    var query = tf.withName("query").placeholder(TString.class, shape(-1));
    var decision = request.decision();
    var perRow = new PerRow(tf, tf.shape(query));
    var outputs = new LinkedHashMap<String, Operand<?>>();
    outputs.put("model", perRow.of(tf.array(request.target().model())));
    outputs.put("scorer", perRow.of(tf.array(decision.scorer().name())));
    outputs.put("class_names", perRow.rows(tf.array(names(decision))));
    outputs.put("alpha", perRow.of(tf.array(decision.alpha())));
    outputs.put("threshold", perRow.of(tf.array(decision.threshold().threshold())));
    outputs.put("description", perRow.of(tf.array(description.json())));
    return new ServingSignature(DESCRIBE, Map.of("query", query), outputs);
  }

  private static String[] names(ExportRequest.Decision decision) {
    return decision.head().classNames().toArray(String[]::new);
  }

  private static Placeholder.Options shape(long... sizes) {
    return Placeholder.shape(Shape.of(sizes));
  }

  /**
   * Constants repeated for every row.
   *
   * @param batch [1], the number of rows
   */
  private record PerRow(Ops tf, Operand<org.tensorflow.types.TInt32> batch) {

    /** [1] to [n]. */
    <T extends org.tensorflow.types.family.TType> Operand<T> of(Operand<T> one) {
      return named(tf.tile(one, batch), Shape.of(-1));
    }

    /** [k] to [n, k]. */
    <T extends org.tensorflow.types.family.TType> Operand<T> rows(Operand<T> one) {
      var row = tf.expandDims(one, tf.constant(0));
      var times = tf.concat(List.of(batch, tf.array(1)), tf.constant(0));
      return named(tf.tile(row, times), Shape.of(-1, one.shape().get(0)));
    }

    private <T extends org.tensorflow.types.family.TType> Operand<T> named(
        Operand<T> x, Shape shape) {
      return tf.ensureShape(x, shape);
    }
  }

  /**
   * What the network says of a batch, before the decision.
   *
   * @param classNames [C]
   */
  private record Rows(
      Ops tf,
      Operand<TString> classNames,
      Map<String, Operand<?>> undecided,
      UnknownScoreGraph.Best best,
      Operand<TFloat64> score) {

    static Rows of(
        Ops tf, Variables variables, Operand<TUint8> pixels, ExportRequest request) {
      var decision = request.decision();
      var net = Net.root(tf, variables, new Mode.Inference());
      var endpoints = request.source().network().endpoints(net, pixels);
      var logits = endpoints.logits();
      var known = decision.head().knownClasses();
      requireColumns(logits.shape(), decision.head().columns());
      var best = UnknownScoreGraph.Best.of(tf, logits, known);
      var score =
          new UnknownScoreGraph(tf, logits, endpoints.scale(), known, best).of(decision.scorer());
      var undecided = new LinkedHashMap<String, Operand<?>>();
      undecided.put(
          "probabilities", UnknownScoreGraph.first(tf, tf.nn.softmax(logits), known));
      undecided.put("logits", logits);
      undecided.put("embedding", endpoints.embeddings());
      return new Rows(tf, tf.array(names(decision)), undecided, best, score);
    }

    private static void requireColumns(Shape logits, int columns) {
      if (logits.get(1) != columns) {
        throw new ExportException(
            "the network gives %d logits, the head has %d columns (class names and open class)"
                .formatted(logits.get(1), columns));
      }
    }

    /** Whether the unknown score is above the threshold: [n], for a threshold [], [1] or [n]. */
    Operand<TBool> above(Operand<TFloat64> threshold) {
      // Without the broadcast, one row and several thresholds would answer several rows.
      return tf.math.greater(score, tf.broadcastTo(threshold, tf.shape(score)));
    }

    Map<String, Operand<?>> outputs(Operand<TBool> unknown) {
      var label = tf.gather(classNames, best.index(), tf.constant(0));
      Operand<TInt64> none = tf.constant(-1L);
      var outputs = new LinkedHashMap<>(undecided);
      outputs.put("label", tf.select(unknown, tf.constant(ExportRequest.UNKNOWN), label));
      outputs.put("label_index", tf.select(unknown, none, best.index()));
      outputs.put("best_known_label", label);
      outputs.put("best_known_index", best.index());
      outputs.put("is_unknown", unknown);
      outputs.put("unknown_score", tf.dtypes.cast(score, TFloat32.class));
      return outputs;
    }
  }
}
