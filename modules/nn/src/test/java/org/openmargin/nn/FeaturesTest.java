package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class FeaturesTest {

  /** Two maps, x and 2x, then the sum over the last. */
  private record Doubling() implements StagedBackbone {
    @Override
    public int stages() {
      return 3;
    }

    @Override
    public List<String> maps() {
      return List.of("same", "double");
    }

    @Override
    public Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x) {
      var tf = net.tf();
      var map = net.cast(x, TFloat32.class);
      return switch (index) {
        case 0 -> map;
        case 1 -> tf.math.mul(map, tf.constant(2f));
        default -> tf.reduceSum(map, tf.array(1, 2));
      };
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 1;
    }
  }

  private record Halves() implements OpenSetLoss {
    @Override
    public Operand<TFloat32> loss(Net net, Operand<TFloat32> x, Operand<TInt32> labels) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Operand<TFloat32> logits(Net net, Operand<TFloat32> x) {
      return net.tf().math.mul(x, net.tf().constant(0.5f));
    }
  }

  private record Brightest() implements ImageStatistics {
    @Override
    public String name() {
      return "brightest";
    }

    @Override
    public int size(InputFormat input) {
      return 1;
    }

    @Override
    public Operand<TFloat32> of(Net net, Operand<TFloat32> pixels) {
      return net.tf().reduceMax(pixels, net.tf().array(1, 2));
    }
  }

  private static final InputFormat INPUT = new InputFormat(2, 2, 1, 0, 1);

  private static OpenSetNetwork network(Views views, Features features) {
    return new OpenSetNetwork(INPUT, new Doubling(), new Halves(), views, features);
  }

  @Test
  void meanAndDeviationOfEachChannel() {
    try (var fixture = new GraphFixture()) {
      var map = fixture.tensor(new double[] {1, 10, 3, 10, 5, 30, 7, 30}, 1, 2, 2, 2);
      var values = fixture.value(MapStatistics.of(fixture.inference(), map));
      assertThat(values).containsExactly(new double[] {4, 20, Math.sqrt(5), 10}, within(1e-6));
    }
  }

  @Test
  void featuresComeBesideTheSameEmbedding() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(new double[] {0, 51, 102, 255}, 1, 2, 2, 1);
      var features = new Features(List.of("double"), List.of(new Brightest()));
      var with = network(Views.MIRRORED, features).endpoints(fixture.inference(), pixels);
      var without = network(Views.MIRRORED, Features.NONE).endpoints(fixture.inference(), pixels);
      assertThat(with.features().keySet()).containsExactly("double", "brightest");
      assertThat(features.names()).containsExactly("double", "brightest");
      assertThat(fixture.value(with.embeddings())).isEqualTo(fixture.value(without.embeddings()));
      assertThat(fixture.value(with.logits())).isEqualTo(fixture.value(without.logits()));
      assertThat(without.features()).isEmpty();
      var map = fixture.value(with.features().get("double"));
      assertThat(map[0]).isCloseTo(0.8, within(1e-6));
      assertThat(map[1]).isCloseTo(2 * Math.sqrt(0.14), within(1e-6));
      assertThat(fixture.value(with.features().get("brightest"))).containsExactly(255);
    }
  }

  /** An image that is not the same turned: the features see all views, the embedding its own. */
  @Test
  void featuresMayHaveMoreOrFewerViewsThanTheEmbedding() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(new double[] {0, 51, 102, 255, 9, 8, 7, 6}, 2, 2, 2, 1);
      for (var ofEmbedding : Views.values()) {
        for (var ofMaps : Views.values()) {
          var features = new Features(List.of("row"), List.of(), ofMaps);
          var network =
              new OpenSetNetwork(INPUT, new FirstRow(), new Halves(), ofEmbedding, features);
          var found = network.endpoints(fixture.inference(), pixels);
          var map = fixture.value(found.features().get("row"));
          assertThat(map)
              .containsExactly(fixture.value(firstRow(fixture, pixels, ofMaps)), within(1e-6));
          assertThat(fixture.value(found.embeddings())[1])
              .isCloseTo(fixture.value(firstRow(fixture, pixels, ofEmbedding))[2], within(1e-6));
          assertThat(network.viewCount()).isEqualTo(Math.max(ofEmbedding.count(), ofMaps.count()));
        }
      }
    }
  }

  /** Mean and deviation of the first row, averaged over views by the embedding's own way. */
  private static Operand<TFloat32> firstRow(
      GraphFixture fixture, Operand<TFloat32> pixels, Views views) {
    var net = fixture.inference();
    var tf = net.tf();
    var seen = tf.math.div(views.of(net, pixels), tf.constant(255f));
    var row = tf.slice(seen, tf.array(0, 0, 0, 0), tf.array(-1, 1, -1, -1));
    return views.mean(net, MapStatistics.of(net, row));
  }

  /** A map of the first row, then its mean. */
  private record FirstRow() implements StagedBackbone {
    @Override
    public int stages() {
      return 2;
    }

    @Override
    public List<String> maps() {
      return List.of("row");
    }

    @Override
    public Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x) {
      var tf = net.tf();
      var map = net.cast(x, TFloat32.class);
      return index == 0
          ? tf.slice(map, tf.array(0, 0, 0, 0), tf.array(-1, 1, -1, -1))
          : tf.math.mean(map, tf.array(1, 2));
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 1;
    }
  }

  @Test
  void aMapThatDoesNotExistIsRefused() {
    var wrong = new Features(List.of("stage7"), List.of());
    assertThatThrownBy(() -> network(Views.SINGLE, wrong))
        .hasMessage("the backbone has no feature map 'stage7'; it has same, double");
    Backbone plain =
        new Backbone() {
          @Override
          public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
            return images;
          }

          @Override
          public int embeddingSize(InputFormat format) {
            return 1;
          }
        };
    assertThatThrownBy(() -> new OpenSetNetwork(INPUT, plain, new Halves(), Views.SINGLE, wrong))
        .hasMessage("the backbone has no feature map 'stage7'; it has none");
  }
}
