package example;

import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cross-entropy of logits of a fixed length (Wei et al., "Mitigating neural network overconfidence
 * with logit normalization", ICML 2022), where t is the temperature:
 *
 * <pre>
 * logits   z = W x + b
 * loss     -mean log softmax(z / (t |z|))_label
 * </pre>
 *
 * @param classes C, number of known classes
 * @param temperature t, above 0
 */
public record LogitNorm(int classes, double temperature) implements OpenSetLoss {
  private static final float SMALL = 1e-12f;

  /** Refuses a temperature that is not above 0. */
  public LogitNorm {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("the temperature must be above 0, not " + temperature);
    }
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var tf = net.tf();
    var logits = logits(net, embeddings);
    var squares = tf.sum(tf.math.square(logits), tf.array(1), Sum.keepDims(true));
    var unit = tf.math.mul(logits, tf.math.rsqrt(tf.math.add(squares, tf.constant(SMALL))));
    var target = tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    var entropy = tf.nn.softmaxCrossEntropyWithLogits(net.scaled(1 / temperature, unit), target);
    return tf.math.mean(entropy.loss(), tf.array(0));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return Layers.dense(net, embeddings, classes);
  }
}
