package org.openmargin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import org.junit.jupiter.api.Test;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;
import org.openmargin.nn.layers.Layers.ConvShape;

class TransposedConvTest {
  private static final int IN = 3;
  private static final int OUT = 2;

  /** {@code <conv(large), small> = <large, transposed(small)>} for any large map. */
  @Test
  void isTheTransposeOfTheConvolutionThatHalves() {
    try (var fixture = new GraphFixture()) {
      var small = new Images(2, 3, 2, IN, noise(1, 2 * 3 * 2 * IN));
      var y =
          Layers.transposedConv(
              fixture.training(),
              fixture.tensor(small.values(), small.shape()),
              new ConvShape(4, 2, OUT),
              Initializer.normal(0.02));
      fixture.initialize();
      fixture.assign("kernel", noise(2, 4 * 4 * OUT * IN));
      assertThat(y.shape().asArray()).containsExactly(2, 6, 4, OUT);
      var values = fixture.value(y);
      for (var i = 0; i < values.length; i++) {
        var large = new Images(2, 6, 4, OUT, new double[values.length]);
        large.values()[i] = 1;
        var convolved = Reference.conv(large, fixture.value("kernel"), 4, 2, IN);
        assertThat(values[i])
            .isCloseTo(Reference.dot(convolved.values(), small.values()), within(1e-4));
      }
    }
  }
}
