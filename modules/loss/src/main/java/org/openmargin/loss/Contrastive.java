package org.openmargin.loss;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.nn.Augmentation;
import org.openmargin.nn.Layers;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A loss and, beside it, the contrastive loss of SimCLR: an embedding must also tell its image from
 * the others of the batch, of its class or not, and so keeps what separates no known classes but
 * may separate an unknown one (Winkens et al., "Contrastive training for improved
 * out-of-distribution detection", 2020). Of each image there is a second, further changed view; z_i
 * are projections of the embeddings of all 2 n views, of unit length, and i' is the other view of
 * i's image:
 *
 * <pre>
 * NT-Xent = -mean over i of log( exp(z_i . z_i' / T) / sum over k != i of exp(z_i . z_k / T) )
 * loss    = L(first views, labels) + w NT-Xent
 * </pre>
 *
 * <p>(Chen et al., "A simple framework for contrastive learning of visual representations", ICML
 * 2020, equation 1.) Both views go through the backbone as one batch. The projection is a hidden
 * layer as wide as the embedding, a ReLU, and a dense layer; inference does not know it.
 *
 * @param loss L, and the head
 * @param settings of the contrastive part
 * @param second what changes the second view, on top of what has changed the first
 */
public record Contrastive(OpenSetLoss loss, Settings settings, Augmentation second)
    implements OpenSetLoss {
  /** Added to a logit, it takes all probability away. */
  private static final float NOT_AT_ALL = -1e9f;

  /**
   * @param weight w
   * @param temperature T
   * @param projectionSize length of z
   */
  public record Settings(double weight, double temperature, int projectionSize) {
    public Settings {
      if (!(weight >= 0 && temperature > 0 && projectionSize > 0)) {
        throw new IllegalArgumentException(
            "a contrastive loss needs a weight of at least 0, a temperature and a projection size above 0, not %s, %s and %d"
                .formatted(weight, temperature, projectionSize));
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the loss trains other networks too
   */
  @Override
  public List<Objective> objectives(OpenSetNetwork network) {
    if (loss.objectives(network).size() != 1) {
      throw new IllegalArgumentException(
          "a contrastive loss goes beside one that trains no other network; %s does"
              .formatted(loss.getClass().getSimpleName()));
    }
    return List.of(
        Objective.ofNetwork(
            "network with contrastive loss",
            (net, pixels, labels) -> withContrast(network, net, pixels, labels),
            Objective.Turns.EVERY_EPOCH));
  }

  private Operand<TFloat32> withContrast(
      OpenSetNetwork network, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var tf = net.tf();
    var other = second.apply(net.in("second_view"), pixels);
    var embeddings = network.embed(net, tf.concat(List.of(pixels, other), tf.constant(0)));
    var images = (int) pixels.shape().get(0);
    var first = tf.slice(embeddings, tf.array(0, 0), tf.array(images, -1));
    var head = OpenSetNetwork.headNet(net);
    var contrast = ntXent(net, projected(head.in("projector"), embeddings));
    return tf.math.add(
        loss.loss(head, first, labels),
        tf.math.mul(contrast, tf.constant((float) settings.weight())));
  }

  private Operand<TFloat32> projected(Net net, Operand<TFloat32> embeddings) {
    var width = (int) embeddings.shape().get(1);
    var hidden = Layers.relu(net, Layers.dense(net.in("hidden"), embeddings, width));
    return Layers.dense(net.in("last"), hidden, settings.projectionSize());
  }

  /**
   * @param projections [2 n, k], of any length: the first views of n images, then their second ones
   * @return scalar
   */
  Operand<TFloat32> ntXent(Net net, Operand<TFloat32> projections) {
    var tf = net.tf();
    var views = (int) projections.shape().get(0);
    var unit = Layers.normalize(net, projections);
    var similarities =
        tf.math.mul(
            Layers.product(net, unit, unit), tf.constant((float) (1 / settings.temperature())));
    var all = tf.constant(IntStream.range(0, views).toArray());
    var itself = CrossEntropy.oneHot(net, all, views, NOT_AT_ALL, 0);
    var partners = IntStream.range(0, views).map(i -> (i + views / 2) % views).toArray();
    return CrossEntropy.mean(net, tf.math.add(similarities, itself), tf.constant(partners));
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    return loss.loss(net, embeddings, labels);
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return loss.logits(net, embeddings);
  }

  @Override
  public boolean hasOpenClass() {
    return loss.hasOpenClass();
  }

  @Override
  public boolean isCosine() {
    return loss.isCosine();
  }

  @Override
  public Operand<TFloat32> scale(Net net) {
    return loss.scale(net);
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return loss.prototypes(net, embeddings);
  }
}
