package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class ViewsTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  /** The upper left pixel and the product of the upper two: what depends on the side. */
  private record Corner() implements Backbone {
    @Override
    public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
      var tf = net.tf();
      var batch = tf.array(-1, 4);
      var flat = tf.reshape(images, batch);
      var first = tf.slice(flat, tf.array(0, 0), tf.array(-1, 1));
      var second = tf.slice(flat, tf.array(0, 1), tf.array(-1, 1));
      return tf.concat(List.of(first, tf.math.mul(first, second)), tf.constant(1));
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 2;
    }
  }

  private record Identity() implements BareHead {}

  // No standardisation: (pixel / 255 - 0) / (1 / 255).
  private static final InputFormat SQUARE = new InputFormat(2, 2, 1, 0, 1.0 / 255);

  private static List<List<Double>> views(Views views, double... pixels) {
    try (var fixture = new GraphFixture()) {
      var images = pixels.length / 4;
      var net = fixture.inference();
      var seen = views.of(net, fixture.tensor(pixels, images, 2, 2, 1));
      var values = fixture.value(seen);
      var result = new ArrayList<List<Double>>();
      for (var i = 0; i < values.length; i += 4) {
        result.add(List.of(values[i], values[i + 1], values[i + 2], values[i + 3]));
      }
      return result;
    }
  }

  @Test
  void singleIsTheImage() {
    assertThat(views(Views.SINGLE, 1, 2, 3, 4)).containsExactly(List.of(1.0, 2.0, 3.0, 4.0));
  }

  @Test
  void mirroredIsTheImageAndItsMirrorImageViewByView() {
    assertThat(views(Views.MIRRORED, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(
            List.of(1.0, 2.0, 3.0, 4.0),
            List.of(5.0, 6.0, 7.0, 8.0),
            List.of(2.0, 1.0, 4.0, 3.0),
            List.of(6.0, 5.0, 8.0, 7.0));
  }

  @Test
  void dihedralIsAllEightSymmetriesOfTheSquare() {
    assertThat(views(Views.DIHEDRAL, 1, 2, 3, 4))
        .containsExactlyInAnyOrder(
            List.of(1.0, 2.0, 3.0, 4.0),
            List.of(3.0, 1.0, 4.0, 2.0),
            List.of(4.0, 3.0, 2.0, 1.0),
            List.of(2.0, 4.0, 1.0, 3.0),
            List.of(2.0, 1.0, 4.0, 3.0),
            List.of(1.0, 3.0, 2.0, 4.0),
            List.of(3.0, 4.0, 1.0, 2.0),
            List.of(4.0, 2.0, 3.0, 1.0));
  }

  @Test
  void embeddingIsTheMeanOverTheViewsOfEachImage() {
    assertThat(endpoints(Views.MIRRORED, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(new double[] {1.5, 2, 5.5, 30}, CLOSE);
    // Each of 1, 2, 4, 3 stands first with both its neighbours second.
    assertThat(endpoints(Views.DIHEDRAL, 1, 2, 3, 4))
        .containsExactly(new double[] {2.5, (2 + 8 + 12 + 3) / 4.0}, CLOSE);
  }

  @Test
  void dihedralViewsOfATurnedImageGiveTheSameEmbedding() {
    var embedding = endpoints(Views.DIHEDRAL, 1, 2, 3, 4);
    assertThat(endpoints(Views.DIHEDRAL, 3, 1, 4, 2)).containsExactly(embedding, CLOSE);
    assertThat(endpoints(Views.DIHEDRAL, 2, 1, 4, 3)).containsExactly(embedding, CLOSE);
  }

  @Test
  void trainingSeesOneView() {
    try (var fixture = new GraphFixture()) {
      var network = network(Views.DIHEDRAL);
      var pixels = fixture.tensor(new double[] {1, 2, 3, 4}, 1, 2, 2, 1);
      var labels = fixture.tf().constant(new int[] {0});
      var loss = network.loss(fixture.training(), pixels, labels);
      assertThat(fixture.value(loss)).containsExactly(new double[] {1 + 1 * 2}, CLOSE);
    }
  }

  @Test
  void onlySquareImagesHaveDihedralViews() {
    var oblong = new OpenSetNetwork(InputFormat.of(2, 3, 1), new Corner(), new Identity());
    assertThat(oblong.with(Views.MIRRORED).views()).isEqualTo(Views.MIRRORED);
    assertThatThrownBy(() -> oblong.with(Views.DIHEDRAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DIHEDRAL views need square images, not 2 x 3");
  }

  private static OpenSetNetwork network(Views views) {
    return new OpenSetNetwork(SQUARE, new Corner(), new Identity()).with(views);
  }

  private static double[] endpoints(Views views, double... pixels) {
    try (var fixture = new GraphFixture()) {
      var images = fixture.tensor(pixels, pixels.length / 4, 2, 2, 1);
      return fixture.value(network(views).endpoints(fixture.inference(), images).embeddings());
    }
  }
}
