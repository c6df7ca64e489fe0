package org.openmargin.exporter.score;

import java.util.List;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What a calibration decides, and nothing else, in a scope of its own, so that another calibration
 * can take its place in an exported graph: {@code limit}, {@code p_value} and {@code probabilities}
 * below the scope, made of the tensors beside it.
 *
 * @param scope also the beginning of the names of the inputs
 * @param plain whether only operations are used that every runtime knows
 */
public record DecisionGraph(String scope, boolean plain) {
  /** Of the signatures that compute scores in doubles. */
  public static final DecisionGraph EXACT = new DecisionGraph(ModelContract.DECISION, false);

  /** Of {@code serving_pixels}. */
  public static final DecisionGraph PIXELS = new DecisionGraph(ModelContract.PIXEL_DECISION, true);

  /** Names of the outputs within the scope. */
  public static final List<String> OUTPUTS = List.of("limit", "p_value", "probabilities");

  /**
   * @param logits [n, columns]
   * @param best [n], index of the best known class
   * @param score [n], as it is compared
   */
  public record Inputs(Operand<TFloat32> logits, Operand<TInt64> best, Operand<TFloat32> score) {}

  /**
   * @param limit scalar or [n], the largest score that is accepted
   * @param pValue [n], see {@link ConformalPValue}
   * @param probabilities [n, known classes]
   */
  public record Outputs(
      Operand<TFloat32> limit, Operand<TFloat32> pValue, Operand<TFloat32> probabilities) {}

  public String logits() {
    return scope + "_logits";
  }

  public String best() {
    return scope + "_best";
  }

  public String score() {
    return scope + "_score";
  }

  /** Gives the inputs their names. */
  public Inputs named(Ops tf, Inputs inputs) {
    return new Inputs(
        tf.withName(logits()).identity(inputs.logits()),
        tf.withName(best()).identity(inputs.best()),
        tf.withName(score()).identity(inputs.score()));
  }

  /**
   * @param inputs named
   */
  public Outputs of(Ops root, Inputs inputs, DecisionRule rule, int knownClasses) {
    var tf = root.withSubScope(scope);
    var logits = inputs.logits();
    if (rule.temperature() != 1) {
      logits = tf.math.div(logits, tf.constant((float) rule.temperature()));
    }
    var pValue = ConformalPValue.of(tf, inputs.score(), rule.calibration(), plain);
    return new Outputs(
        limit(tf, inputs.best(), rule),
        tf.withName("p_value").identity(pValue),
        tf.withName("probabilities")
            .slice(tf.nn.softmax(logits), tf.array(0, 0), tf.array(-1, knownClasses)));
  }

  private static Operand<TFloat32> limit(Ops tf, Operand<TInt64> best, DecisionRule rule) {
    if (rule.byClass().isEmpty()) {
      return tf.withName("limit").constant(limit(rule.threshold()));
    }
    var table = new float[rule.byClass().size()];
    for (var c = 0; c < table.length; c++) {
      table[c] = limit(rule.byClass().get(c));
    }
    var predicted = tf.withName("class").identity(best);
    return tf.withName("limit").gather(tf.constant(table), predicted, tf.constant(0));
  }

  /** The largest float that is not above the threshold: floats compare with both alike. */
  public static float limit(AcceptanceThreshold threshold) {
    var nearest = (float) threshold.threshold();
    return nearest <= threshold.threshold() ? nearest : Math.nextDown(nearest);
  }
}
