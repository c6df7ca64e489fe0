package org.openmargin.loss;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.nn.Net;
import org.openmargin.nn.Norms;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Turns;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Difficulty-aware simulator, DIAS (Moon, Park, Seong, Cho, Heo, "Difficulty-aware simulator for
 * open set recognition", ECCV 2022). The network is a classifier; fakes of three difficulties, from
 * a {@link Gan} and from a copycat (a second network of the same form), teach it to be less sure.
 * With {@code S_a} the cross-entropy with target {@code (1 - a) onehot + a / C}, y the labels of
 * the step's images, f1 and f2 the feature maps after the first and second group, e the embedding,
 * {@code |.|} the mean absolute difference, and a prime for the copycat:
 *
 * <pre>
 * first, third, ... epoch
 *   D         cross-entropy: real 1, fake 0
 *   G         cross-entropy of D(G(z)): 1, - w S_1(network(G(z)))
 *   network   S_0(network(x)) + w S_1(network(G(z')))
 * second, fourth, ... epoch
 *   copycat   S_0(copycat(x)) + v (|f1' - f1| + |f2' - f2|) / 2
 *   network   S_0(network(x)) + w (S_a(network from f1') + S_a(network from f2') + S_1(head(e'))) / 3
 * </pre>
 *
 * <p>Fakes of G pass through auxiliary batch norms. Features that one network takes from the other
 * come with frozen norms, and no gradient goes back into them. Those that the network takes pass
 * through its main norms, whose running statistics they move.
 *
 * <p>Read in the authors' code: all of the above, G's minus sign included (its fakes are to look
 * known). There, an epoch is both passes over the images; ours is one. Ours: the second group ends
 * before the backbone's last stage, the first one before the last but one, which for ResNet18 with
 * the small stem gives maps of the sizes of the authors' network (16 and 8 px of 32); no dropout;
 * the head has a bias.
 *
 * @param classes C, number of known classes
 * @param settings weights and smoothing
 * @param gan makes the easy fakes
 */
public record Dias(int classes, Settings settings, Gan gan) implements OpenSetLoss {
  private static final String COPYCAT = "copycat";
  private static final double UNIFORM = 1;

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
  public List<Objective> objectives(OpenSetNetwork network) {
    gan.requireFit(network.input());
    var groups = new Groups(network);
    var objectives = new ArrayList<Objective>();
    objectives.addAll(
        gan.objectives(
            Turns.EVEN_EPOCHS,
            (net, fakes, labels) ->
                scaled(net, -settings.fakeWeight(), ofFakes(network, net, fakes))));
    objectives.add(
        Objective.ofNetwork(
            "network with fakes",
            (net, pixels, labels) -> withFakes(network, net, pixels, labels),
            Turns.EVEN_EPOCHS));
    objectives.add(
        new Objective(
            COPYCAT,
            (net, pixels, labels) -> ofCopycat(groups, net, pixels, labels),
            List.of(COPYCAT),
            new Objective.Update.OfTraining(),
            Turns.ODD_EPOCHS));
    objectives.add(
        Objective.ofNetwork(
            "network with the copycat's features",
            (net, pixels, labels) -> withFeatures(groups, net, pixels, labels),
            Turns.ODD_EPOCHS));
    return List.copyOf(objectives);
  }

  private Operand<TFloat32> withFakes(
      OpenSetNetwork network, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var fakes = gan.fakes(net, "other_noise", pixels);
    return net.tf()
        .math
        .add(
            network.loss(net, pixels, labels),
            scaled(net, settings.fakeWeight(), ofFakes(network, net, fakes)));
  }

  /** {@code S_1}, for which labels do not matter. */
  private Operand<TFloat32> ofFakes(OpenSetNetwork network, Net net, Operand<TFloat32> fakes) {
    var embeddings = network.embed(net.with(Norms.AUXILIARY), fakes);
    var labels = net.tf().fill(net.tf().array((int) fakes.shape().get(0)), net.tf().constant(0));
    return smoothed(net, logits(OpenSetNetwork.headNet(net), embeddings), labels, UNIFORM);
  }

  private Operand<TFloat32> ofCopycat(
      Groups groups, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var copycat = net.in(COPYCAT);
    var model = groups.maps(net.with(Norms.FROZEN), pixels);
    var copy = groups.maps(copycat, pixels);
    var distance =
        net.tf()
            .math
            .add(
                distance(net, copy.first(), model.first()),
                distance(net, copy.second(), model.second()));
    var embeddings = groups.afterSecond(copycat, copy.second());
    return net.tf()
        .math
        .add(
            loss(OpenSetNetwork.headNet(copycat), embeddings, labels),
            scaled(net, settings.imitationWeight() / 2, distance));
  }

  private Operand<TFloat32> withFeatures(
      Groups groups, Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    var tf = net.tf();
    var real = groups.network().loss(net, pixels, labels);
    var copycat = net.in(COPYCAT).with(Norms.FROZEN);
    var maps = groups.maps(copycat, pixels);
    var embedding = tf.stopGradient(groups.afterSecond(copycat, maps.second()));
    var first = groups.afterFirst(net, tf.stopGradient(maps.first()));
    var second = groups.afterSecond(net, tf.stopGradient(maps.second()));
    var head = OpenSetNetwork.headNet(net);
    var early = settings.earlySmoothing();
    var fakes =
        tf.math.addN(
            List.of(
                smoothed(net, logits(head, embedding), labels, UNIFORM),
                smoothed(net, logits(head, first), labels, early),
                smoothed(net, logits(head, second), labels, early)));
    return tf.math.add(real, scaled(net, settings.fakeWeight() / 3, fakes));
  }

  /** Mean absolute difference; no gradient goes into the model. */
  private static Operand<TFloat32> distance(
      Net net, Operand<? extends TFloating> copy, Operand<? extends TFloating> model) {
    var tf = net.tf();
    var difference =
        tf.math.sub(
            net.cast(copy, TFloat32.class), tf.stopGradient(net.cast(model, TFloat32.class)));
    return tf.math.mean(tf.math.abs(difference), tf.array(0, 1, 2, 3));
  }

  /**
   * {@code S_a}: mean cross-entropy with target {@code (1 - a) onehot + a / C}.
   *
   * @param logits [n, C]
   * @param labels [n]
   * @return scalar
   */
  Operand<TFloat32> smoothed(
      Net net, Operand<TFloat32> logits, Operand<TInt32> labels, double smoothing) {
    var target = CrossEntropy.smoothed(net, labels, classes, smoothing / classes);
    return CrossEntropy.mean(net, CrossEntropy.perRow(net, logits, target));
  }

  private static Operand<TFloat32> scaled(Net net, double factor, Operand<TFloat32> x) {
    return net.tf().math.mul(x, net.tf().constant((float) factor));
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    return smoothed(net, logits(net, embeddings), labels, 0);
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return Layers.dense(net, embeddings, classes);
  }

  @Override
  public boolean hasOpenClass() {
    return false;
  }
}
