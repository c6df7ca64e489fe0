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
 * 2023). With {@code c_j} the cosine between an embedding and prototype j, label y, scale s:
 *
 * <pre>
 * logits    a_y = s (c_y - targetMargin),  a_j = s (c_j + otherMargin) for j != y,  a_open = s t
 * MLAS      -mean over images of      log softmax(a)_y
 * OSS       -mean over descriptors of log softmax(s c_1(d), ..., s c_C(d), s t)_open
 * OMCL      MLAS + lambda OSS
 * </pre>
 *
 * <p>The paper divides the two sums by the number of images and descriptors together (JOINT_MEAN).
 * With as many descriptors as images that is half of the above, which Adam does not notice; with
 * other numbers, only that form gives OSS more weight by more descriptors.
 *
 * <p>The open space is class C, so both terms are one cross-entropy. Descriptors d ~ U(-s, s)^d are
 * drawn anew in each step and do not pass through the backbone: OSS trains the prototypes and s
 * only. At inference there are no margins.
 *
 * @param classes C, number of known classes
 * @param margins what MLAS adds to the cosines
 * @param openSpace the open class
 * @param scale s
 */
public record Omcl(int classes, Margins margins, OpenSpace openSpace, Scale scale)
    implements OpenSetLoss {

  /**
   * @param target taken from the cosine of the label
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
            "the scale needs a start above 0 and a rate factor of at least 0, not "
                + initial
                + " and "
                + rateFactor);
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
    var mlas = CrossEntropy.mean(net, crossEntropy(net, marginal(net, embeddings, labels), labels));
    if (openSpace.suppression().weight() == 0) {
      return mlas;
    }
    var oss = openSpaceSuppression(net, descriptors(net, embeddings));
    return switch (openSpace.suppression().reduction()) {
      case SUM_OF_MEANS -> sum(net, mlas, 1, oss, openSpace.suppression().weight());
      case JOINT_MEAN -> {
        var images = embeddings.shape().get(0);
        var all = images + descriptorCount(images);
        var share = openSpace.suppression().weight() * descriptorCount(images) / all;
        yield sum(net, mlas, (double) images / all, oss, share);
      }
    };
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return scaled(net, cosines(net, embeddings));
  }

  @Override
  public boolean hasOpenClass() {
    return openSpace.present();
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
    var cosines = cosines(net, embeddings);
    if (margins.equals(Margins.NONE)) {
      return scaled(net, cosines);
    }
    var margin =
        CrossEntropy.oneHot(
            net, labels, classes, (float) -margins.target(), (float) margins.other());
    return scaled(net, net.tf().math.add(cosines, margin));
  }

  /**
   * @param descriptors [m, d], as they enter the product with the prototypes
   * @return scalar
   */
  Operand<TFloat32> openSpaceSuppression(Net net, Operand<TFloat32> descriptors) {
    var tf = net.tf();
    var prototypes = Layers.prototypes(net, descriptors, classes);
    var logits = scaled(net, Layers.product(net, descriptors, prototypes));
    var open = tf.fill(tf.array((int) descriptors.shape().get(0)), tf.constant(classes));
    return CrossEntropy.mean(net, crossEntropy(net, logits, open));
  }

  /** [m, d], fresh in each step. */
  private Operand<TFloat32> descriptors(Net net, Operand<TFloat32> embeddings) {
    var tf = net.tf();
    var shape = Shape.of(descriptorCount(embeddings.shape().get(0)), embeddings.shape().get(1));
    var unit = tf.math.sub(tf.math.mul(net.uniform("descriptors", shape), two(net)), one(net));
    return switch (openSpace.suppression().descriptors()) {
      // A cosine does not change with the length of d, so drawing from U(-1, 1) is enough.
      case NORMALIZED -> Layers.normalize(net, unit);
      case RAW -> tf.math.mul(unit, tf.stopGradient(scale(net)));
    };
  }

  private long descriptorCount(long images) {
    return Math.max(1, Math.round(openSpace.suppression().descriptorsPerImage() * images));
  }

  private Operand<TFloat32> cosines(Net net, Operand<TFloat32> embeddings) {
    return Layers.cosines(net, embeddings, classes);
  }

  /** Appends the open class, whose similarity is t, and multiplies by s: [n, C] to [n, C + 1]. */
  private Operand<TFloat32> scaled(Net net, Operand<TFloat32> similarities) {
    var tf = net.tf();
    var threshold = tf.constant((float) openSpace.threshold());
    var all =
        openSpace.present()
            ? tf.pad(similarities, tf.constant(new int[][] {{0, 0}, {0, 1}}), threshold)
            : similarities;
    return tf.math.mul(all, scale(net));
  }

  private Operand<TFloat32> crossEntropy(
      Net net, Operand<TFloat32> logits, Operand<TInt32> labels) {
    var columns = openSpace.present() ? classes + 1 : classes;
    return CrossEntropy.perRow(net, logits, CrossEntropy.oneHot(net, labels, columns, 1, 0));
  }

  private static Operand<TFloat32> sum(
      Net net, Operand<TFloat32> a, double weightA, Operand<TFloat32> b, double weightB) {
    var tf = net.tf();
    return tf.math.add(
        tf.math.mul(a, tf.constant((float) weightA)), tf.math.mul(b, tf.constant((float) weightB)));
  }

  private static Operand<TFloat32> one(Net net) {
    return net.tf().constant(1f);
  }

  private static Operand<TFloat32> two(Net net) {
    return net.tf().constant(2f);
  }
}
