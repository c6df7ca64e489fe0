package org.openmargin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;

class ConventionsTest {
  private static final ResNet TORCHVISION =
      ResNet.resNet18(ResNet.Stem.POOLED_7X7, ResNet.NORM).with(Conventions.TORCHVISION);

  @Test
  void pixelsOfImageNetAreStandardisedPerChannel() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(new double[] {0, 128, 255}, 1, 1, 1, 3);
      var format = InputFormat.of(1, 1, 3);
      var input = TORCHVISION.input(fixture.inference(), format, pixels);
      var expected =
          new double[] {(0 - 0.485) / 0.229, (128 / 255.0 - 0.456) / 0.224, (1 - 0.406) / 0.225};
      assertThat(fixture.value(input)).containsExactly(expected, within(1e-5));
    }
  }

  @Test
  void byDefaultPixelsAreThoseOfTheFormat() {
    try (var fixture = new GraphFixture()) {
      var pixels = fixture.tensor(new double[] {0, 127.5, 255}, 1, 1, 1, 3);
      var resNet = TORCHVISION.with(Conventions.DEFAULT);
      var input = resNet.input(fixture.inference(), InputFormat.of(1, 1, 3), pixels);
      assertThat(fixture.value(input)).containsExactly(new double[] {-1, 0, 1}, within(1e-6));
    }
  }

  @Test
  void pixelsOfImageNetHaveThreeChannels() {
    assertThatThrownBy(() -> TORCHVISION.embeddingSize(InputFormat.of(8, 8, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pixels IMAGENET need images with 3 channels; these have 1");
    assertThat(TORCHVISION.embeddingSize(InputFormat.of(8, 8, 3))).isEqualTo(512);
  }
}
