package org.openmargin.nn.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reading;
import org.openmargin.nn.augment.Augmentation.ColorJitter;
import org.tensorflow.ndarray.Shape;

/** Against plain loops that are given the same random numbers. */
class WarpTest {
  private static final int BATCH = 16;
  private static final long STEP = 3;

  @ParameterizedTest
  @CsvSource({
    "180, 0, 0, 9, 9, 3",
    "30, 0, 0, 28, 28, 1",
    "0, 1, 0, 9, 9, 3",
    "0, 0, 40, 8, 8, 2",
    "180, 0.5, 20, 9, 9, 3",
    "180, 2, 45, 5, 12, 1",
    "45, 3, 10, 1, 1, 3"
  })
  void everyPixelIsReadWhereAngleZoomAndShearSay(
      double angle, double zoom, double shear, int h, int w, int c) {
    var images = grey(BATCH * h * w * c, 0, 255);
    try (var fixture = new GraphFixture()) {
      var warp = new Warp(angle, zoom, shear);
      var warped = warp.apply(fixture.training().in("w"), fixture.tensor(images, BATCH, h, w, c));
      var draws = fixture.training().in("w").uniform("draws", Shape.of(BATCH, 3));
      assertThat(warped.shape()).isEqualTo(Shape.of(BATCH, h, w, c));
      var values = fixture.values(STEP, List.of(warped, draws));
      for (var i = 0; i < BATCH; i++) {
        var u = Arrays.copyOfRange(values.get(1), 3 * i, 3 * i + 3);
        var map =
            Reading.rotated(Math.toRadians((2 * u[0] - 1) * angle))
                .after(Reading.sheared(Math.tan(Math.toRadians((2 * u[2] - 1) * shear))))
                .times(Math.pow(1 + zoom, 2 * u[1] - 1));
        var image =
            new Reading.Image(
                Arrays.copyOfRange(images, i * h * w * c, (i + 1) * h * w * c), h, w, c);
        var wanted = map.read(image);
        for (var k = 0; k < wanted.length; k++) {
          assertThat(values.get(0)[i * wanted.length + k]).isCloseTo(wanted[k], within(0.02));
        }
      }
    }
  }

  @Test
  void aQuarterTurnAndTheIdentityAreExact() {
    var pixels = grey(7 * 7 * 3, 0, 255);
    try (var fixture = new GraphFixture()) {
      var image = fixture.tensor(pixels, 1, 7, 7, 3);
      var identity = fixture.tensor(new double[] {1, 0, 0, 0, 1, 0, 0, 0}, 1, 8);
      // Column x, row y of the result is column 6 - y, row x before: counter-clockwise.
      var quarter = fixture.tensor(new double[] {0, -1, 6, 1, 0, 0, 0, 0}, 1, 8);
      var net = fixture.training();
      assertThat(fixture.value(Warp.resampled(net, image, identity))).isEqualTo(pixels);
      assertThat(Picture.of(fixture.value(Warp.resampled(net, image, quarter)), 0, 7, 7, 3))
          .isEqualTo(Picture.of(pixels, 0, 7, 7, 3).turned());
    }
  }

  @Test
  void noCornerTurnsBlack() {
    var pixels = grey(BATCH * 12 * 12, 100, 150);
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(pixels, BATCH, 12, 12, 1);
      var warped = Augmentation.NONE.with(new Warp(180, 1, 30)).apply(fixture.training(), x);
      for (var step = 0; step < 5; step++) {
        assertThat(Arrays.stream(fixture.values(step, List.of(warped)).get(0)))
            .allMatch(v -> v >= 100 - 1e-3 && v <= 150 + 1e-3);
      }
    }
  }

  @Test
  void aWarpChangesNoNumberThatOthersDraw() {
    var shifts = new double[2][];
    for (var k = 0; k < 2; k++) {
      try (var fixture = new GraphFixture()) {
        var flat = new double[BATCH * 16];
        Arrays.fill(flat, 100);
        var plain = new Augmentation(0, true, true, new ColorJitter(0.2, 0));
        var augmentation = k == 0 ? plain : plain.with(new Warp(180, 0.3, 10));
        var x = fixture.tensor(flat, BATCH, 4, 4, 1);
        shifts[k] = fixture.values(STEP, List.of(augmentation.apply(fixture.training(), x))).get(0);
      }
    }
    assertThat(shifts[1]).containsExactly(shifts[0], within(1e-3));
    assertThat(Arrays.stream(shifts[0]).distinct().count()).isEqualTo(BATCH);
  }

  @Test
  void eachStepDrawsAnew() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(grey(BATCH * 25, 0, 255), BATCH, 5, 5, 1);
      var warped = Augmentation.NONE.with(new Warp(180, 0, 0)).apply(fixture.training(), x);
      var first = fixture.values(1, List.of(warped)).get(0);
      assertThat(fixture.values(1, List.of(warped)).get(0)).isEqualTo(first);
      assertThat(fixture.values(2, List.of(warped)).get(0)).isNotEqualTo(first);
    }
  }

  private static double[] grey(int count, double from, double to) {
    return Arrays.stream(GraphFixture.noise(5, count))
        .map(v -> Math.rint(from + (v + 2) / 4 * (to - from)))
        .toArray();
  }
}
