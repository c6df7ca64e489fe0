package org.openmargin.exporter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** The signature {@code describe}: what the model is, once per row of {@code query}. */
public final class DescribeSignature {
  /** Names of the constants that another calibration changes. */
  public static final String ALPHA = "describe_alpha";

  public static final String THRESHOLD = "describe_threshold";

  private DescribeSignature() {}

  static ServingSignature of(Ops tf, ExportRequest request, Description description) {
    var query =
        tf.withName(ModelContract.QUERY)
            .placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    var decision = request.decision();
    var perRow = new PerRow(tf, tf.shape(query));
    var outputs = new LinkedHashMap<String, Operand<?>>();
    outputs.put(ModelContract.MODEL, perRow.of(tf.array(request.target().model())));
    outputs.put(ModelContract.SCORER, perRow.of(tf.array(decision.scorer().name())));
    outputs.put(ModelContract.CLASS_NAMES, perRow.rows(tf.array(decision.classNames())));
    outputs.put(ModelContract.ALPHA, perRow.of(tf.withName(ALPHA).array(decision.alpha())));
    var threshold = tf.withName(THRESHOLD).array(decision.threshold().threshold());
    outputs.put(ModelContract.THRESHOLD, perRow.of(threshold));
    outputs.put(ModelContract.DESCRIPTION, perRow.of(tf.array(description.json())));
    return new ServingSignature(
        ModelContract.DESCRIBE, Map.of(ModelContract.QUERY, query), outputs);
  }

  /**
   * Constants repeated for every row.
   *
   * @param batch [1], the number of rows
   */
  private record PerRow(Ops tf, Operand<TInt32> batch) {

    /** [1] to [n]. */
    <T extends TType> Operand<T> of(Operand<T> one) {
      return tf.ensureShape(tf.tile(one, batch), Shape.of(-1));
    }

    /** [k] to [n, k]. */
    <T extends TType> Operand<T> rows(Operand<T> one) {
      var row = tf.expandDims(one, tf.constant(0));
      var times = tf.concat(List.of(batch, tf.array(1)), tf.constant(0));
      return tf.ensureShape(tf.tile(row, times), Shape.of(-1, one.shape().get(0)));
    }
  }
}
