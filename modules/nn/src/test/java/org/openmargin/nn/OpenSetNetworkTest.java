package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

class OpenSetNetworkTest {
  private static final Offset<Double> CLOSE = within(1e-5);

  /** Mean of the standardised pixels of each channel. */
  private record ChannelMeans() implements Backbone {
    @Override
    public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
      return Layers.globalMean(net.in("mean"), images);
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 3;
    }
  }

  /** Dense logits; the loss is their sum, plus the sum of the labels. */
  private record Sums() implements OpenSetLoss {
    @Override
    public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
      var tf = net.tf();
      return tf.math.add(
          tf.reduceSum(logits(net, embeddings), tf.array(0, 1)),
          tf.reduceSum(net.cast(labels, TFloat32.class), tf.array(0)));
    }

    @Override
    public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
      return Layers.dense(net, embeddings, 2);
    }

    @Override
    public boolean hasOpenClass() {
      return false;
    }
  }

  private final OpenSetNetwork network =
      new OpenSetNetwork(InputFormat.of(1, 2, 3), new ChannelMeans(), new Sums());

  @Test
  void standardizedPixelsLieBetweenMinusOneAndOne() {
    assertThat(standardized(InputFormat.of(1, 2, 3)))
        .containsExactly(new double[] {-1, 0, 1}, CLOSE);
  }

  @Test
  void standardizationSubtractsTheMeanAndDividesByTheDeviation() {
    assertThat(standardized(new InputFormat(1, 2, 3, 0.2, 0.1)))
        .containsExactly(new double[] {-2, 3, 8}, CLOSE);
  }

  @Test
  void anInputFormatKnowsItsSize() {
    var format = InputFormat.of(4, 5, 3);
    assertThat(format.bytes()).isEqualTo(60);
    assertThat(format.shape()).containsExactly(4, 5, 3);
  }

  @Test
  void bytesAndFloatsGiveTheSameEndpoints() {
    try (var fixture = new GraphFixture()) {
      var tf = fixture.tf();
      var pixels = new double[] {0, 255, 51, 102, 255, 0, 204, 7, 9, 250, 130, 128};
      var bytes = new byte[12];
      for (var i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) pixels[i];
      }
      var shape = Shape.of(2, 1, 2, 3);
      var net = fixture.inference();
      var ofBytes = network.endpoints(net, tf.constant(TUint8.class, shape, DataBuffers.of(bytes)));
      var ofFloats = network.endpoints(net, fixture.tensor(pixels, 2, 1, 2, 3));
      fixture.initialize();
      fixture.assign("loss.weights", 1, 0, 0, 0, 1, 1);
      fixture.assign("loss.bias", 10, 0);
      var embeddings =
          new double[] {
            102 / 255.0 - 1,
            510 / 255.0 - 1,
            51 / 255.0 - 1,
            454 / 255.0 - 1,
            137 / 255.0 - 1,
            137 / 255.0 - 1
          };
      var logits =
          new double[] {
            10 + embeddings[0],
            embeddings[1] + embeddings[2],
            10 + embeddings[3],
            embeddings[4] + embeddings[5]
          };
      for (var endpoints : List.of(ofBytes, ofFloats)) {
        assertThat(fixture.value(endpoints.embeddings())).containsExactly(embeddings, CLOSE);
        assertThat(fixture.value(endpoints.logits())).containsExactly(logits, CLOSE);
        assertThat(fixture.value(endpoints.scale())).containsExactly(1);
      }
    }
  }

  @Test
  void lossAndEndpointsShareTheVariablesOfTheHead() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(new double[] {0, 0, 0, 255, 255, 255}, 1, 1, 2, 3);
      var endpoints = network.endpoints(fixture.training(), pixels);
      var loss = network.loss(fixture.training(), pixels, fixture.tf().constant(new int[] {4}));
      fixture.initialize();
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .containsExactlyInAnyOrder("loss.weights", "loss.bias");
      var logits = fixture.value(endpoints.logits());
      assertThat(fixture.value(loss))
          .containsExactly(new double[] {logits[0] + logits[1] + 4}, CLOSE);
    }
  }

  @Test
  void theBatchSizeMayBeUnknownInInference() {
    try (var fixture = new GraphFixture()) {
      var tf = fixture.tf();
      var pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, 1, 2, 3)));
      var endpoints = network.endpoints(fixture.inference(), pixels);
      fixture.initialize();
      for (var batch : List.of(1, 5)) {
        try (var fed = TUint8.tensorOf(Shape.of(batch, 1, 2, 3));
            var result =
                fixture.session().runner().feed(pixels, fed).fetch(endpoints.logits()).run()) {
          assertThat(result.get(0).shape()).isEqualTo(Shape.of(batch, 2));
        }
      }
    }
  }

  private static double[] standardized(InputFormat format) {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(new double[] {0, 127.5, 255}, 3);
      return fixture.value(format.standardize(fixture.inference(), pixels));
    }
  }
}
