package org.openmargin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;

class StatisticsBackboneTest {
  private static final StatisticsBackbone BACKBONE = new StatisticsBackbone(new StainStatistics());

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anEmbeddingHoldsTheStatisticsOfThePixelsThemselves(int channels) {
    var format = InputFormat.of(16, 20, channels);
    var pixels = new Random(5).ints(16L * 20 * channels, 0, 256).asDoubleStream().toArray();
    try (var fixture = new GraphFixture()) {
      var images = fixture.tensor(pixels, 1, 16, 20, channels);
      var net = fixture.inference();
      var embedding = BACKBONE.embed(net, BACKBONE.input(net, format, images));
      var statistics = new StainStatistics().of(net, images);
      assertThat(fixture.value(embedding))
          .hasSize(BACKBONE.embeddingSize(format))
          .containsExactly(fixture.value(statistics));
      assertThat(fixture.variables().all()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13})
  void tooSmallImagesAreRefused(int side) {
    var format = InputFormat.of(side, 40, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BACKBONE.embeddingSize(format))
        .withMessageContaining("at least 14 px");
  }
}
