package org.openmargin.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.Norms;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Passes;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adversarial reciprocal point learning with confusing samples, ARPL+CS (Chen et al., "Adversarial
 * reciprocal points learning for open set recognition", TPAMI 2021, section 4). With {@code d2} the
 * squared distances to the reciprocal points, {@code p = softmax(d2)}, and a {@link Gan} D, G:
 *
 * <pre>
 * fake(x)   exp(mean over x of sum_k p_k log p_k)
 * D         cross-entropy: real 1, fake 0
 * G         cross-entropy of D(G(z)): 1, + w fake(G(z))
 * network   ARPL(real) + w fake(G(z'))
 * </pre>
 *
 * <p>In the first, third, ... pass over the images, each step runs the three in turn; the other
 * passes are plain ARPL. Fakes pass through auxiliary batch norms.
 *
 * <p>From the authors' code: all of the above; D and G see the same z, the network another; fake
 * has no temperature; G's turn also updates the auxiliary statistics. There, an epoch makes both
 * passes: {@link EpochPasses#BOTH}.
 *
 * @param arpl the loss of known images, and the head
 * @param weight w
 * @param gan makes the fakes
 */
public record ArplConfusingSamples(Arpl arpl, double weight, Gan gan, EpochPasses passes)
    implements OpenSetLoss {

  @Override
  public int passesPerEpoch() {
    return passes.count();
  }

  @Override
  public List<Objective> objectives(OpenSetNetwork network) {
    gan.requireFit(network.input());
    var objectives =
        new ArrayList<>(
            gan.objectives(Passes.EVEN, (net, fakes, labels) -> confusion(network, net, fakes)));
    objectives.add(
        Objective.ofNetwork(
            "network with confusing samples",
            (net, pixels, labels) -> withSamples(network, net, pixels, labels),
            Passes.EVEN));
    objectives.add(Objective.ofNetwork("network", network::loss, Passes.ODD));
    return List.copyOf(objectives);
  }

  /** {@code fake} is no mean over images. */
  @Override
  public Optional<String> whyIndivisible(int batchSize, int parts) {
    return Optional.of(
        "confusing samples (loss.arpl.confusing_samples) enter it by the exponential of a mean over the batch");
  }

  private Operand<TFloat32> withSamples(
      OpenSetNetwork network, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var real = network.loss(net, pixels, labels);
    var fakes = gan.fakes(net, "other_noise", pixels);
    return net.tf().math.add(real, confusion(network, net, fakes));
  }

  /** {@code w fake(G(z))}. */
  private Operand<TFloat32> confusion(OpenSetNetwork network, Net net, Operand<TFloat32> fakes) {
    var embeddings = network.embed(net.with(Norms.AUXILIARY), fakes);
    return net.scaled(weight, fake(OpenSetNetwork.headNet(net), embeddings));
  }

  /**
   * {@code exp(mean sum_k p_k log p_k)}: 1 if every row is sure of a class, 1 / C if none is.
   *
   * @param embeddings [n, d]
   * @return scalar
   */
  Operand<TFloat32> fake(Net net, Operand<TFloat32> embeddings) {
    var tf = net.tf();
    var distances = Distances.toPoints(net, embeddings, arpl.classes(), arpl.rates()).squared();
    var sums =
        tf.reduceSum(
            tf.math.mul(tf.nn.softmax(distances), tf.nn.logSoftmax(distances)), tf.array(1));
    return tf.math.exp(CrossEntropy.mean(net, sums));
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    return arpl.loss(net, embeddings, labels);
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return arpl.logits(net, embeddings);
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return arpl.prototypes(net, embeddings);
  }
}
