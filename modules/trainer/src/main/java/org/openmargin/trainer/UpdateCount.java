package org.openmargin.trainer;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Passes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * How often networks have been updated, as a function of the step. Optimizers need it because not
 * every objective runs in every pass over the images.
 *
 * @param step scalar, number of the step from 0
 * @param stepsPerPass at least 1
 * @param objectives of a step, in their order
 */
record UpdateCount(Ops tf, Operand<TInt64> step, long stepsPerPass, List<Objective> objectives) {

  /**
   * Number of updates before that of objective {@code index} in this step, by all objectives that
   * change the same networks.
   *
   * @return scalar
   */
  Operand<TInt64> before(int index) {
    var changes = objectives.get(index).changes();
    var counts = new ArrayList<Operand<TInt64>>();
    for (var i = 0; i < objectives.size(); i++) {
      if (objectives.get(i).changes().equals(changes)) {
        var end = i < index ? tf.math.add(step, tf.constant(1L)) : step;
        counts.add(inPasses(objectives.get(i).passes(), end));
      }
    }
    return counts.stream().reduce(tf.math::add).orElseThrow();
  }

  /** Number of steps before {@code end} in these passes. */
  private Operand<TInt64> inPasses(Passes passes, Operand<TInt64> end) {
    if (passes == Passes.EVERY) {
      return end;
    }
    var two = tf.constant(2L);
    var length = tf.constant(stepsPerPass);
    var pass = tf.math.floorDiv(end, length);
    var pairs = tf.math.floorDiv(pass, two);
    var odd = tf.math.sub(pass, tf.math.mul(pairs, two));
    var ofThisPass = tf.math.sub(end, tf.math.mul(pass, length));
    var inOdd = tf.math.add(tf.math.mul(pairs, length), tf.math.mul(odd, ofThisPass));
    return passes == Passes.ODD ? inOdd : tf.math.sub(end, inOdd);
  }
}
