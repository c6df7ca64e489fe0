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
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Difficulty-aware simulator, DIAS (Moon, Park, Seong, Cho, Heo, "Difficulty-aware simulator for
 * open set recognition", ECCV 2022). The network is a classifier; fakes of three difficulties, from
 * a {@link Gan} and from a copycat (a second network of the same form), teach it to be less sure.
 * With {@code S_a} the cross-entropy with target {@code (1 - a) onehot + a / C}, y the labels of
 * the step's images, f1 and f2 two {@link FeatureMaps}, e the embedding, {@code |.|} the mean
 * absolute difference, and a prime for the copycat:
 *
 * <pre>
 * first, third, ... pass over the images
 *   D         cross-entropy: real 1, fake 0
 *   G         cross-entropy of D(G(z)): 1, - w S_1(network(G(z)))
 *   network   S_0(network(x)) + w S_1(network(G(z')))
 * second, fourth, ... pass
 *   copycat   S_0(copycat(x)) + v (|f1' - f1| + |f2' - f2|) / 2
 *   network   S_0(network(x)) + w (S_a(network from f1') + S_a(network from f2') + S_1(head(e'))) / 3
 * </pre>
 *
 * <p>Fakes of G pass through auxiliary batch norms. Features from the other network are computed
 * with frozen norms and without a gradient; in this network, they update the running statistics of
 * the main norms.
 *
 * <p>From the authors' code: all of the above, including G's minus sign (its fakes should look
 * known). There, an epoch makes both passes: {@link EpochPasses#BOTH}. Ours: f1 and f2 come before
 * the last two stages, which gives ResNet18 with the small stem maps of the authors' sizes (16 and
 * 8 px for images of 32); no dropout; the head has a bias.
 *
 * @param classes C, number of known classes
 * @param gan makes the easy fakes
 */
public record Dias(int classes, Settings settings, Gan gan, EpochPasses passes)
    implements OpenSetLoss {
  private static final String COPYCAT = "copycat";

  /**
   * @param fakeWeight w
   * @param imitationWeight v
   * @param earlySmoothing a, from 0 to 1
   */
  public record Settings(double fakeWeight, double imitationWeight, double earlySmoothing) {}

  public Dias {
    CrossEntropy.requireClasses(classes);
  }

  @Override
  public int passesPerEpoch() {
    return passes.count();
  }

  @Override
  public List<Objective> objectives(OpenSetNetwork network) {
    gan.requireFit(network.input());
    FeatureMaps.requireStages(network);
    var objectives =
        new ArrayList<>(
            gan.objectives(
                Passes.EVEN,
                (net, fakes, labels) ->
                    net.scaled(-settings.fakeWeight(), unsure(network, net, fakes))));
    objectives.add(
        Objective.ofNetwork(
            "network with fakes",
            (net, pixels, labels) -> withFakes(network, net, pixels, labels),
            Passes.EVEN));
    objectives.add(
        new Objective(
            COPYCAT,
            (net, pixels, labels) -> copycat(network, net, pixels, labels),
            List.of(COPYCAT),
            new Objective.Update.OfTraining(),
            Passes.ODD));
    objectives.add(
        Objective.ofNetwork(
            "network with the copycat's features",
            (net, pixels, labels) -> withFeatures(network, net, pixels, labels),
            Passes.ODD));
    return List.copyOf(objectives);
  }

  /** Means over images, fakes and places of maps. */
  @Override
  public Optional<String> whyIndivisible(int batchSize, int parts) {
    return Optional.empty();
  }

  private Operand<TFloat32> withFakes(
      OpenSetNetwork network, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var fakes = gan.fakes(net, "other_noise", pixels);
    var real = network.loss(net, pixels, labels);
    return net.sum(real, settings.fakeWeight(), unsure(network, net, fakes));
  }

  /** {@code S_1} of fakes, where labels do not matter. */
  private Operand<TFloat32> unsure(OpenSetNetwork network, Net net, Operand<TFloat32> fakes) {
    var embeddings = network.embed(net.with(Norms.AUXILIARY), fakes);
    var tf = net.tf();
    var labels = tf.fill(tf.array((int) fakes.shape().get(0)), tf.constant(0));
    return smoothed(net, logits(OpenSetNetwork.headNet(net), embeddings), labels, 1);
  }

  private Operand<TFloat32> copycat(
      OpenSetNetwork network, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var copycat = net.in(COPYCAT);
    var model = FeatureMaps.of(network, net.with(Norms.FROZEN), pixels);
    var copy = FeatureMaps.of(network, copycat, pixels);
    var embeddings = FeatureMaps.embedding(network, copycat, copy.second(), 1);
    var real = loss(OpenSetNetwork.headNet(copycat), embeddings, labels);
    return net.sum(real, settings.imitationWeight() / 2, copy.distance(net, model));
  }

  private Operand<TFloat32> withFeatures(
      OpenSetNetwork network, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var tf = net.tf();
    var real = network.loss(net, pixels, labels);
    var copycat = net.in(COPYCAT).with(Norms.FROZEN);
    var maps = FeatureMaps.of(network, copycat, pixels);
    var last = tf.stopGradient(FeatureMaps.embedding(network, copycat, maps.second(), 1));
    var first = FeatureMaps.embedding(network, net, tf.stopGradient(maps.first()), 2);
    var second = FeatureMaps.embedding(network, net, tf.stopGradient(maps.second()), 1);
    var head = OpenSetNetwork.headNet(net);
    var fakes =
        tf.math.addN(
            List.of(
                smoothed(net, logits(head, last), labels, 1),
                smoothed(net, logits(head, first), labels, settings.earlySmoothing()),
                smoothed(net, logits(head, second), labels, settings.earlySmoothing())));
    return net.sum(real, settings.fakeWeight() / 3, fakes);
  }

  /** {@code S_a}: scalar, of logits [n, C] and labels [n]. */
  Operand<TFloat32> smoothed(
      Net net, Operand<TFloat32> logits, Operand<TInt32> labels, double smoothing) {
    var target = CrossEntropy.smoothed(net, labels, classes, smoothing / classes);
    return CrossEntropy.mean(net, CrossEntropy.perRow(net, logits, target));
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    return smoothed(net, logits(net, embeddings), labels, 0);
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return Layers.dense(net, embeddings, classes);
  }
}
