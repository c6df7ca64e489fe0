package org.openmargin.loss;

import java.util.List;
import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
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
 * each step and do not pass through the backbone: OSS trains the prototypes and s, or s alone. At
 * inference there are no margins.
 *
 * @param classes C, number of known classes
 * @param margins what MLAS adds to the cosines
 * @param openClass t and OSS
 * @param scale s
 */
public record Omcl(
    int classes, Margins margins, OpenClass openClass, Scale scale, Prototypes prototypes)
    implements OpenSetLoss {

  /**
   * @param target subtracted from the cosine of the label
   * @param other added to the cosines of the other classes
   */
  public record Margins(double target, double other) {
    /** Plain cosine softmax. */
    public static final Margins NONE = new Margins(0, 0);
  }

  public Omcl {
    if (classes < 1) {
      throw new IllegalArgumentException("at least one class must be known, not " + classes);
    }
  }

  /** One with trained prototypes. */
  public Omcl(int classes, Margins margins, OpenClass openClass, Scale scale) {
    this(classes, margins, openClass, scale, Prototypes.TRAINED);
  }

  @Override
  public List<Objective> objectives(OpenSetNetwork network) {
    prototypes.requireFit(classes, network.backbone().embeddingSize(network.input()));
    return OpenSetLoss.super.objectives(network);
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
    return openClass.logits(net, cosines(net, embeddings), scale(net));
  }

  /** A mean over images, and one over descriptors, of which each part has its own. */
  @Override
  public Optional<String> whyIndivisible(int batchSize, int parts) {
    return openClass.suppression().whyIndivisible(batchSize, parts);
  }

  @Override
  public boolean hasOpenClass() {
    return openClass.present();
  }

  @Override
  public boolean takesMixedLabels() {
    return margins.equals(Margins.NONE);
  }

  @Override
  public boolean isCosine() {
    return true;
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.of(prototypes.of(net, embeddings, classes));
  }

  private Operand<TFloat32> cosines(Net net, Operand<TFloat32> embeddings) {
    var unit = Layers.normalize(net, embeddings);
    return Layers.product(net, unit, prototypes.of(net, embeddings, classes));
  }

  @Override
  public Operand<TFloat32> scale(Net net) {
    return scale.of(net);
  }

  /** [n, C + 1] with margins, for training. */
  Operand<TFloat32> marginal(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    if (margins.equals(Margins.NONE)) {
      return logits(net, embeddings);
    }
    var margin =
        CrossEntropy.oneHot(
            net, labels, classes, (float) -margins.target(), (float) margins.other());
    var similarities = net.tf().math.add(cosines(net, embeddings), margin);
    return openClass.logits(net, similarities, scale(net));
  }

  /**
   * OSS.
   *
   * @param descriptors [m, d], as they enter the product with the prototypes
   * @return scalar
   */
  Operand<TFloat32> suppressed(Net net, Operand<TFloat32> descriptors) {
    var tf = net.tf();
    var seen = openClass.suppression().seen(net, prototypes.of(net, descriptors, classes));
    var products = Layers.product(net, descriptors, seen);
    var logits = openClass.ofDescriptors(net, products, scale(net));
    var open = tf.fill(tf.array((int) descriptors.shape().get(0)), tf.constant(classes));
    return CrossEntropy.mean(net, logits, open);
  }
}
