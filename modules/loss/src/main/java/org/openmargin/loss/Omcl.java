package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.Variable;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Open Margin Cosine Loss: margin loss with adaptive scale (MLAS) and open-space suppression (OSS)
 * (Liu, Xu, Zhang, "Learning large margin sparse embeddings for open set medical diagnosis", MICCAI
 * 2023). With {@code c_j} the cosine between an embedding and prototype j, label y, scale s,
 * threshold t:
 *
 * <pre>
 * logits    a_y = s (c_y - targetMargin),  a_j = s (c_j + otherMargin) for j != y,  a_open = s t
 * MLAS      -mean over images of      log softmax(a)_y
 * OSS       -mean over descriptors of log softmax(s c_1(d), ..., s c_C(d), s t)_open
 * OMCL      MLAS + lambda OSS
 * </pre>
 *
 * <p>The open class is class C, so both terms are one cross-entropy. Descriptors are drawn anew in
 * each step and do not pass through the backbone: OSS trains the prototypes and s only. At
 * inference there are no margins.
 *
 * @param classes C, number of known classes
 * @param margins what MLAS adds to the cosines
 * @param openClass t and OSS
 * @param scale s
 */
public record Omcl(int classes, Margins margins, OpenClass openClass, Scale scale)
    implements OpenSetLoss {

  /**
   * @param target subtracted from the cosine of the label
   * @param other added to the cosines of the other classes
   */
  public record Margins(double target, double other) {
    /** Plain cosine softmax. */
    public static final Margins NONE = new Margins(0, 0);
  }

  /**
   * @param initial s at the start
   * @param rateFactor learning rate of s relative to the model's; 0 keeps it fixed
   */
  public record Scale(double initial, double rateFactor) {
    public Scale {
      if (!(initial > 0 && rateFactor >= 0)) {
        throw new IllegalArgumentException(
            "the scale needs an initial value above 0 and a rate factor of at least 0, not %s and %s"
                .formatted(initial, rateFactor));
      }
    }
  }

  public Omcl {
    if (classes < 1) {
      throw new IllegalArgumentException("at least one class must be known, not " + classes);
    }
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var mlas = CrossEntropy.mean(net, marginal(net, embeddings, labels), labels);
    var suppression = openClass.suppression();
    if (suppression.weight() == 0) {
      return mlas;
    }
    var oss = suppressed(net, suppression.descriptors(net, embeddings.shape(), scale(net)));
    return suppression.sum(net, mlas, oss, embeddings.shape().get(0));
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return scaled(net, Layers.cosines(net, embeddings, classes));
  }

  @Override
  public boolean hasOpenClass() {
    return openClass.present();
  }

  @Override
  public boolean isCosine() {
    return true;
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.of(Layers.prototypes(net, embeddings, classes));
  }

  /** Scalar, trained with its own rate, never decayed. */
  @Override
  public Operand<TFloat32> scale(Net net) {
    return net.trained(
        "scale",
        Shape.scalar(),
        new Variable.Trained(scale.rateFactor(), false),
        Initializer.constant((float) scale.initial()));
  }

  /** [n, C + 1] with margins, for training. */
  Operand<TFloat32> marginal(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    if (margins.equals(Margins.NONE)) {
      return logits(net, embeddings);
    }
    var cosines = Layers.cosines(net, embeddings, classes);
    var margin =
        CrossEntropy.oneHot(
            net, labels, classes, (float) -margins.target(), (float) margins.other());
    return scaled(net, net.tf().math.add(cosines, margin));
  }

  /**
   * OSS.
   *
   * @param descriptors [m, d], as they enter the product with the prototypes
   * @return scalar
   */
  Operand<TFloat32> suppressed(Net net, Operand<TFloat32> descriptors) {
    var tf = net.tf();
    var prototypes = Layers.prototypes(net, descriptors, classes);
    var logits = scaled(net, Layers.product(net, descriptors, prototypes));
    var open = tf.fill(tf.array((int) descriptors.shape().get(0)), tf.constant(classes));
    return CrossEntropy.mean(net, logits, open);
  }

  /** Appends the open class, whose similarity is t, and multiplies by s: [n, C] to [n, C + 1]. */
  private Operand<TFloat32> scaled(Net net, Operand<TFloat32> similarities) {
    var tf = net.tf();
    var threshold = tf.constant((float) openClass.threshold());
    var all =
        openClass.present()
            ? tf.pad(similarities, tf.constant(new int[][] {{0, 0}, {0, 1}}), threshold)
            : similarities;
    return tf.math.mul(all, scale(net));
  }
}
