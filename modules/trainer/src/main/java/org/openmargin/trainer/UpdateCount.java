package org.openmargin.trainer;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Epochs;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * How often networks have been updated, as a function of the step. Optimizers need it because not
 * every objective runs in every epoch.
 *
 * @param step scalar, number of the step from 0
 * @param stepsPerEpoch at least 1
 * @param objectives of a step, in their order
 */
record UpdateCount(Ops tf, Operand<TInt64> step, long stepsPerEpoch, List<Objective> objectives) {

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
        counts.add(inEpochs(objectives.get(i).epochs(), end));
      }
    }
    return counts.stream().reduce(tf.math::add).orElseThrow();
  }

  /** Number of steps before {@code end} in these epochs. */
  private Operand<TInt64> inEpochs(Epochs epochs, Operand<TInt64> end) {
    if (epochs == Epochs.EVERY) {
      return end;
    }
    var two = tf.constant(2L);
    var length = tf.constant(stepsPerEpoch);
    var epoch = tf.math.floorDiv(end, length);
    var pairs = tf.math.floorDiv(epoch, two);
    var odd = tf.math.sub(epoch, tf.math.mul(pairs, two));
    var ofThisEpoch = tf.math.sub(end, tf.math.mul(epoch, length));
    var inOdd = tf.math.add(tf.math.mul(pairs, length), tf.math.mul(odd, ofThisEpoch));
    return epochs == Epochs.ODD ? inOdd : tf.math.sub(end, inOdd);
  }
}
