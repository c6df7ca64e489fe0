package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.Augmentation;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Objective;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.Variable;

class ContrastiveTest {
  private static final int[] LABELS = {2, 0, 1, 2};
  private static final int CLASSES = 3;
  private static final Contrastive.Settings SETTINGS = new Contrastive.Settings(0.7, 0.3, 5);
  private static final Augmentation TURNS =
      new Augmentation(0, true, true, new Augmentation.ColorJitter(0, 0));

  private static final OpenSetLoss SOFTMAX =
      new SoftmaxCrossEntropy(CLASSES, 0, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES);

  private final Contrastive loss = new Contrastive(SOFTMAX, SETTINGS, TURNS);
  private final OpenSetNetwork network =
      new OpenSetNetwork(InputFormat.of(8, 8, 1), new Ladder(), loss);
  private final double[] pixels = new Random(1).ints(4 * 64, 0, 256).asDoubleStream().toArray();

  /** Views of unit length, one after another; the second half are partners of the first. */
  private static double ntXent(double[][] z, double temperature) {
    var sum = 0.0;
    for (var i = 0; i < z.length; i++) {
      var others = 0.0;
      for (var k = 0; k < z.length; k++) {
        others += k == i ? 0 : Math.exp(cosine(z[i], z[k]) / temperature);
      }
      var partner = z[(i + z.length / 2) % z.length];
      sum -= Math.log(Math.exp(cosine(z[i], partner) / temperature) / others);
    }
    return sum / z.length;
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(double[] a, double[] b) {
    var sum = 0.0;
    for (var i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] rows(double[] values, int columns) {
    var rows = new double[values.length / columns][columns];
    for (var i = 0; i < values.length; i++) {
      rows[i / columns][i % columns] = values[i];
    }
    return rows;
  }

  @Test
  void ntXentIsThatOfThePaper() {
    for (var temperature : new double[] {0.05, 0.5, 10}) {
      var contrastive =
          new Contrastive(SOFTMAX, new Contrastive.Settings(1, temperature, 3), TURNS);
      try (var fixture = new GraphFixture()) {
        var z = noise(7, 6 * 3);
        var value = contrastive.ntXent(fixture.training(), fixture.tensor(z, 6, 3));
        assertThat(fixture.value(value)[0])
            .isCloseTo(ntXent(rows(z, 3), temperature), within(1e-5));
      }
    }
  }

  @Test
  void theObjectiveIsTheLossOfFirstViewsAndTheContrastOfAllInOneBatch() {
    try (var fixture = new GraphFixture()) {
      var images = fixture.tensor(pixels, 4, 8, 8, 1);
      var objective = network.objectives().get(0);
      var value = objective.loss().of(fixture.training(), images, fixture.tf().constant(LABELS));
      var second = TURNS.apply(fixture.training().in("second_view"), images);
      fixture.initialize();
      var turned = fixture.value(second);
      assertThat(turned).isNotEqualTo(pixels);
      var both = DoubleStream.concat(DoubleStream.of(pixels), DoubleStream.of(turned)).toArray();
      var standard = Ladder.standard(new Images(8, 8, 8, 1, both));
      var embeddings =
          rows(Ladder.embedding(fixture, "", Ladder.Plain.BATCH, standard, 0), Ladder.SIZE);
      var expected = softmax(fixture, embeddings) + 0.7 * contrast(fixture, embeddings);
      assertThat(fixture.value(value)[0]).isCloseTo(expected, within(1e-4));
    }
  }

  private static double softmax(GraphFixture fixture, double[][] embeddings) {
    var sum = 0.0;
    for (var i = 0; i < LABELS.length; i++) {
      var logits = dense(fixture, "loss", embeddings[i], false);
      var all = DoubleStream.of(logits).map(Math::exp).sum();
      sum -= Math.log(Math.exp(logits[LABELS[i]]) / all);
    }
    return sum / LABELS.length;
  }

  private static double contrast(GraphFixture fixture, double[][] embeddings) {
    var projections = new double[embeddings.length][];
    for (var i = 0; i < embeddings.length; i++) {
      var hidden = dense(fixture, "loss.projector.hidden", embeddings[i], true);
      projections[i] = dense(fixture, "loss.projector.last", hidden, false);
    }
    return ntXent(projections, SETTINGS.temperature());
  }

  private static double[] dense(GraphFixture fixture, String path, double[] x, boolean relu) {
    var weights = rows(fixture.value(path + ".weights"), x.length);
    var y = fixture.value(path + ".bias");
    for (var k = 0; k < y.length; k++) {
      y[k] += dot(weights[k], x);
      y[k] = relu ? Math.max(0, y[k]) : y[k];
    }
    return y;
  }

  @Test
  void inferenceKnowsNoProjection() {
    try (var fixture = new GraphFixture()) {
      network.endpoints(fixture.inference(), fixture.tensor(pixels, 4, 8, 8, 1));
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .contains("loss.weights")
          .noneMatch(name -> name.contains("projector"));
    }
  }

  @Test
  void theHeadIsThatOfTheLoss() {
    var omcl =
        new Omcl(
            CLASSES,
            new Omcl.Margins(-0.1, 0),
            new OpenSpace(true, 0.1, OpenSpace.Suppression.NONE),
            new Omcl.Scale(16, 0.1));
    var contrastive = new Contrastive(omcl, SETTINGS, TURNS);
    assertThat(contrastive.hasOpenClass()).isTrue();
    assertThat(contrastive.isCosine()).isTrue();
    try (var fixture = new GraphFixture()) {
      var embeddings = fixture.tensor(noise(3, 2 * 4), 2, 4);
      var net = fixture.inference();
      var logits = contrastive.logits(net, embeddings);
      var scale = contrastive.scale(net);
      var prototypes = contrastive.prototypes(net, embeddings).orElseThrow();
      var loss = contrastive.loss(net, embeddings, fixture.tf().constant(new int[] {0, 1}));
      var same = omcl.loss(net, embeddings, fixture.tf().constant(new int[] {0, 1}));
      fixture.initialize();
      assertThat(fixture.value(logits)).isEqualTo(fixture.value(omcl.logits(net, embeddings)));
      assertThat(fixture.value(scale)).containsExactly(16);
      assertThat(fixture.value(prototypes)).hasSize(CLASSES * 4);
      assertThat(fixture.value(loss)).isEqualTo(fixture.value(same));
    }
  }

  @Test
  void aLossThatTrainsOtherNetworksIsRefused() {
    var other = new ArplConfusingSamples(new Arpl(3, 0.1, 1), 0.7, new Gan(3, 8, 2, 2e-4));
    var network =
        new OpenSetNetwork(
            InputFormat.of(8, 8, 1), new Ladder(), new Contrastive(other, SETTINGS, TURNS));
    assertThatIllegalArgumentException()
        .isThrownBy(network::objectives)
        .withMessage(
            "a contrastive loss goes beside one that trains no other network; ArplConfusingSamples does");
  }

  @Test
  void itsObjectiveTrainsBackboneHeadAndProjection() {
    assertThat(network.objectives())
        .extracting(Objective::changes)
        .containsExactly(Objective.NETWORK);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Contrastive.Settings(0.5, 0, 8))
        .withMessageContaining("a temperature and a projection size above 0, not 0.5, 0.0 and 8");
  }
}
