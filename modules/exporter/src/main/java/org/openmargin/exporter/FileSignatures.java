package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Signatures for files, and for examples that hold files.
 *
 * @param rows the answers for the pixels in the files
 */
record FileSignatures(
    Ops tf, InputTensors inputs, ImageAnswers rows, ExportRequest.Decision decision) {

  List<ServingSignature> all() {
    var decided = answers(rows.unknown());
    var examples = Map.<String, Operand<?>>of(ModelContract.INPUTS, inputs.examples());
    var score = decided.get(ModelContract.UNKNOWN_SCORE);
    return List.of(
        new ServingSignature(ModelContract.SERVING_BYTES, files(), decided),
        new ServingSignature(ModelContract.SERVING_EXAMPLES, examples, decided),
        new ServingSignature(ModelContract.CLASSIFY, examples, classes(decided)),
        new ServingSignature(ModelContract.REGRESS, examples, Map.of(ModelContract.OUTPUTS, score)),
        embed(decided),
        decide(),
        decidePixels());
  }

  private Map<String, Operand<?>> files() {
    return Map.of(ModelContract.IMAGE_BYTES, inputs.files());
  }

  private Map<String, Operand<?>> answers(Operand<TBool> unknown) {
    var outputs = rows.outputs(unknown, inputs.decoded().reason());
    outputs.put(ModelContract.INPUT_OK, inputs.inputOk(tf));
    return outputs;
  }

  private ServingSignature embed(Map<String, Operand<?>> decided) {
    return new ServingSignature(
        ModelContract.EMBED, files(), only(decided, ModelContract.EMBED.outputs().keySet()));
  }

  private ServingSignature decide() {
    var outputs = answers(unknownForClient());
    return new ServingSignature(
        ModelContract.DECIDE,
        client(ModelContract.IMAGE_BYTES, inputs.files()),
        only(outputs, ModelContract.DECIDE.outputs().keySet()));
  }

  private ServingSignature decidePixels() {
    var outputs = rows.outputs(unknownForClient());
    return new ServingSignature(
        ModelContract.DECIDE_PIXELS,
        client(ModelContract.IMAGES, inputs.images()),
        only(outputs, ModelContract.DECIDE_PIXELS.outputs().keySet()));
  }

  private Map<String, Operand<?>> client(String name, Operand<?> images) {
    return Map.of(
        name,
        images,
        ModelContract.THRESHOLD,
        inputs.threshold(),
        ModelContract.ALPHA,
        inputs.alpha());
  }

  /** Unless the score is at most the client's threshold, and the p-value above its alpha. */
  private Operand<TBool> unknownForClient() {
    var alpha = tf.broadcastTo(inputs.alpha(), tf.shape(rows.score()));
    // Not only "not greater": TensorFlow makes that "less or equal", which NaN is not.
    var likely = tf.math.logicalAnd(tf.math.isFinite(alpha), tf.math.greater(rows.pValue(), alpha));
    return tf.math.logicalOr(rows.unknownFor(inputs.threshold()), tf.math.logicalNot(likely));
  }

  private static Map<String, Operand<?>> only(
      Map<String, Operand<?>> outputs, Iterable<String> names) {
    var kept = new LinkedHashMap<String, Operand<?>>();
    names.forEach(name -> kept.put(name, outputs.get(name)));
    return kept;
  }

  /**
   * The known classes and "unknown" with scores whose largest is that of the decision: a rejected
   * row has 1 for "unknown" and 0 for the others; an accepted one its probabilities, and 0 for
   * "unknown".
   */
  private Map<String, Operand<?>> classes(Map<String, Operand<?>> decided) {
    Operand<TFloat32> unknown = tf.dtypes.cast(bool(decided), TFloat32.class);
    var column = tf.expandDims(unknown, tf.constant(1));
    var probabilities = decided.get(ModelContract.PROBABILITIES).asOutput().expect(TFloat32.class);
    var accepted = tf.math.sub(tf.constant(1f), column);
    var known = tf.math.mul(probabilities, accepted);
    Operand<TString> names =
        tf.concat(List.of(rows.classNames(), tf.array(ModelContract.UNKNOWN)), tf.constant(0));
    var count = (long) decision.head().knownClasses() + 1;
    var all =
        tf.broadcastTo(
            tf.expandDims(names, tf.constant(0)),
            tf.concat(List.of(tf.shape(unknown), tf.array((int) count)), tf.constant(0)));
    return Map.of(
        ModelContract.CLASSES,
        tf.ensureShape(all, Shape.of(-1, count)),
        ModelContract.SCORES,
        tf.concat(List.of(known, column), tf.constant(1)));
  }

  private static Operand<TBool> bool(Map<String, Operand<?>> decided) {
    return decided.get(ModelContract.IS_UNKNOWN).asOutput().expect(TBool.class);
  }
}
