package org.openmargin.nn.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reading.Image;

class RandAugmentTest {
  private static final int BATCH = 64;
  private static final int EDGE = 18;
  private static final int SIZE = EDGE * EDGE * 3;
  private static final List<ImageOperation> OPERATIONS = List.of(ImageOperation.values());

  private static final Image IMAGE =
      new Image(
          Arrays.stream(GraphFixture.noise(9, SIZE))
              .map(v -> Math.rint(20 + 200 * Math.pow((v + 2) / 4, 2)))
              .toArray(),
          EDGE,
          EDGE,
          3);

  /** Which operation (and direction) turned the image into this. */
  private static int made(double[] pixels, double level) {
    for (var i = 0; i < 2 * OPERATIONS.size(); i++) {
      var operation = OPERATIONS.get(i / 2);
      var wanted = OperationOracle.of(operation, i % 2 == 0 ? level : -level, IMAGE);
      if (distance(pixels, wanted) < 0.05) {
        return i;
      }
    }
    throw new AssertionError("no operation makes this");
  }

  private static double distance(double[] a, double[] b) {
    var largest = 0.0;
    for (var k = 0; k < a.length; k++) {
      largest = Math.max(largest, Math.abs(a[k] - b[k]));
    }
    return largest;
  }

  private static double[] batch() {
    var batch = new double[BATCH * SIZE];
    for (var i = 0; i < BATCH; i++) {
      System.arraycopy(IMAGE.pixels(), 0, batch, i * SIZE, SIZE);
    }
    return batch;
  }

  @Test
  void everyOperationIsAsFrequentAndTakesBothDirections() {
    var counts = new int[2 * OPERATIONS.size()];
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(batch(), BATCH, EDGE, EDGE, 3);
      var changed = new RandAugment(1, 15).apply(fixture.training(), x);
      for (var step = 0; step < 30; step++) {
        var values = fixture.values(step, List.of(changed)).get(0);
        for (var i = 0; i < BATCH; i++) {
          counts[made(Arrays.copyOfRange(values, i * SIZE, (i + 1) * SIZE), 0.5)]++;
        }
      }
    }
    for (var k = 0; k < OPERATIONS.size(); k++) {
      var operation = OPERATIONS.get(k);
      // 1,920 draws of 14 operations: 137 each, standard deviation 11.3.
      assertThat(counts[2 * k] + counts[2 * k + 1]).as(operation.name()).isBetween(92, 182);
      switch (operation) {
        case IDENTITY, AUTOCONTRAST, EQUALIZE, SOLARIZE, POSTERIZE ->
            assertThat(counts[2 * k + 1]).as(operation.name()).isZero();
        default -> assertThat(counts[2 * k]).as(operation.name()).isBetween(37, 101);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 9, 3", "3, 30, 3", "2, 14, 1", "16, 30, 3"})
  void valuesStayBetween0And255(int operations, double magnitude, int channels) {
    try (var fixture = new GraphFixture()) {
      var pixels =
          Arrays.stream(GraphFixture.noise(2, 32 * 11 * 8 * channels))
              .map(v -> (v + 2) / 4 * 255)
              .toArray();
      var x = fixture.tensor(pixels, 32, 11, 8, channels);
      var changed = new RandAugment(operations, magnitude).apply(fixture.training(), x);
      assertThat(changed.shape()).isEqualTo(x.shape());
      for (var step = 0; step < 5; step++) {
        assertThat(Arrays.stream(fixture.values(step, List.of(changed)).get(0)))
            .allMatch(v -> v >= 0 && v <= 255);
      }
    }
  }

  @Test
  void roundsAreDrawnIndependentlyAndFollowEachOther() {
    List<double[]> images;
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(batch(), BATCH, EDGE, EDGE, 3);
      var net = fixture.training();
      var once = new RandAugment(1, 15).apply(net, x);
      var twice = new RandAugment(2, 15).apply(net, x);
      images = fixture.values(3, List.of(once, twice));
    }
    var pairs = new HashSet<List<Boolean>>();
    for (var i = 0; i < BATCH; i++) {
      var one = Arrays.copyOfRange(images.get(0), i * SIZE, (i + 1) * SIZE);
      var two = Arrays.copyOfRange(images.get(1), i * SIZE, (i + 1) * SIZE);
      var identityFirst = made(one, 0.5) / 2 == 0;
      pairs.add(List.of(identityFirst, distance(one, two) == 0));
      if (identityFirst) {
        assertThat(made(two, 0.5)).isBetween(0, 2 * OPERATIONS.size() - 1);
      }
    }
    // Identity then another, another then identity, and two others.
    assertThat(pairs).contains(List.of(true, false), List.of(false, true), List.of(false, false));
  }

  @Test
  void aPolicyChangesNoNumberThatOthersDrawAndIsAFunctionOfTheStep() {
    try (var fixture = new GraphFixture()) {
      var flat = new double[BATCH * 16];
      Arrays.fill(flat, 100);
      var x = fixture.tensor(flat, BATCH, 4, 4, 1);
      var plain = new Augmentation(0, true, true, new Augmentation.ColorJitter(0.1, 0));
      var policy = plain.with(new RandAugment(2, 0));
      var both = List.of(plain.apply(fixture.training(), x), policy.apply(fixture.training(), x));
      var values = fixture.values(1, both);
      assertThat(values.get(1)).isEqualTo(values.get(0));
    }
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(batch(), BATCH, EDGE, EDGE, 3);
      var policy = Augmentation.NONE.with(new RandAugment(2, 9));
      var changed = policy.apply(fixture.training(), x);
      var first = fixture.values(1, List.of(changed)).get(0);
      assertThat(fixture.values(1, List.of(changed)).get(0)).isEqualTo(first);
      assertThat(fixture.values(2, List.of(changed)).get(0)).isNotEqualTo(first);
    }
  }
}
