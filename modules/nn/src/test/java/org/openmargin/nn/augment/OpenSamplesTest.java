package org.openmargin.nn.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.augment.OpenSamples.Batch;
import org.openmargin.nn.augment.OpenSamples.Kind;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Open images against plain loops over the pixels they were made from. */
class OpenSamplesTest {
  private static final int N = 8;
  private static final int H = 12;
  private static final int W = 10;
  private static final int SIZE = H * W * 3;
  private static final int[] LABELS = {0, 1, 2, 0, 1, 2, 0, 1};

  /** All values differ. */
  private static double[] pixels() {
    return new Random(5).doubles(N * SIZE).map(u -> (float) (255 * u)).toArray();
  }

  /** The images of step {@code step}: first the known ones, then the open ones. */
  private static double[] added(OpenSamples samples, int[] labels, long step) {
    try (var fixture = new GraphFixture()) {
      var batch = new Batch(fixture.tensor(pixels(), N, H, W, 3), fixture.tf().constant(labels));
      var all = samples.addedTo(fixture.training(), batch, 3);
      return fixture.values(step, List.of(all.pixels())).get(0);
    }
  }

  private static double[] image(double[] batch, int index) {
    return Arrays.copyOfRange(batch, index * SIZE, (index + 1) * SIZE);
  }

  private static OpenSamples half(Kind... kinds) {
    return new OpenSamples(List.of(kinds), 0.5);
  }

  @Test
  void knownImagesComeFirstUnchangedAndOpenOnesHaveTheOpenLabel() {
    try (var fixture = new GraphFixture()) {
      var tf = fixture.tf();
      var batch = new Batch(fixture.tensor(pixels(), N, H, W, 3), tf.constant(LABELS));
      var all = half(Kind.CUTMIX, Kind.BLUR, Kind.HUE).addedTo(fixture.training(), batch, 3);
      assertThat(all.pixels().shape()).isEqualTo(Shape.of(N + 4, H, W, 3));
      assertThat(all.labels().shape()).isEqualTo(Shape.of(N + 4));
      assertThat(fixture.value(tf.dtypes.cast(all.labels(), TFloat32.class)))
          .containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 3, 3, 3, 3);
      assertThat(Arrays.copyOf(fixture.value(all.pixels()), N * SIZE)).isEqualTo(pixels());
    }
  }

  @ParameterizedTest
  @EnumSource
  void openImagesAreInRangeAndDifferFromTheKnownOnesTheyAreMadeOf(Kind kind) {
    var all = added(half(kind), LABELS, 1);
    assertThat(all).hasSize((N + 4) * SIZE);
    assertThat(Arrays.stream(all)).allMatch(v -> v >= 0 && v <= 255);
    for (var i = 0; i < 4; i++) {
      var open = image(all, N + i);
      for (var known = 0; known < N; known++) {
        assertThat(open).isNotEqualTo(image(all, known));
      }
    }
  }

  /** Blur has nothing random. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BLUR")
  void theyAreNewInEachStepAndTheSameInTheSameStep(Kind kind) {
    var now = added(half(kind), LABELS, 1);
    assertThat(added(half(kind), LABELS, 1)).isEqualTo(now);
    assertThat(added(half(kind), LABELS, 2)).isNotEqualTo(now);
  }

  @Test
  void aBlendIsOfTwoClassesWithAtLeastAQuarterOfEach() {
    var all = added(half(Kind.MIXUP), LABELS, 1);
    for (var i = 0; i < 4; i++) {
      var open = image(all, N + i);
      var own = image(all, i);
      var matches = 0;
      for (var other = 0; other < N; other++) {
        var partner = image(all, other);
        var share = (open[0] - partner[0]) / (own[0] - partner[0]);
        var error = 0.0;
        for (var k = 0; k < SIZE; k++) {
          error = Math.max(error, Math.abs(open[k] - share * own[k] - (1 - share) * partner[k]));
        }
        if (other != i && error < 0.05) {
          matches++;
          assertThat(LABELS[other]).isNotEqualTo(LABELS[i]);
          assertThat(share).isBetween(0.249, 0.751);
        }
      }
      assertThat(matches).isEqualTo(1);
    }
  }

  @Test
  void aCutIsOneRectangleOfAnotherClassWithAtLeastAboutAQuarterOfEach() {
    for (var step = 0; step < 5; step++) {
      var all = added(half(Kind.CUTMIX), LABELS, step);
      for (var i = 0; i < 4; i++) {
        var open = image(all, N + i);
        var own = image(all, i);
        var other = partner(all, open, i);
        assertThat(LABELS[other]).isNotEqualTo(LABELS[i]);
        assertRectangle(open, own, image(all, other));
      }
    }
  }

  /** The image whose values are in {@code open} besides those of image {@code i}. */
  private static int partner(double[] all, double[] open, int i) {
    for (var other = 0; other < N; other++) {
      var candidate = image(all, other);
      for (var k = 0; k < SIZE; k++) {
        if (other != i && open[k] == candidate[k]) {
          return other;
        }
      }
    }
    throw new AssertionError("image " + i + " has nothing of another");
  }

  private static void assertRectangle(double[] open, double[] own, double[] other) {
    var top = H;
    var left = W;
    var bottom = -1;
    var right = -1;
    var count = 0;
    for (var k = 0; k < SIZE; k++) {
      if (open[k] == other[k]) {
        count++;
        top = Math.min(top, k / 3 / W);
        bottom = Math.max(bottom, k / 3 / W);
        left = Math.min(left, k / 3 % W);
        right = Math.max(right, k / 3 % W);
      } else {
        assertThat(open[k]).isEqualTo(own[k]);
      }
    }
    assertThat(count).isEqualTo(3 * (bottom - top + 1) * (right - left + 1));
    // Sides are rounded to whole pixels.
    assertThat(count / (double) SIZE).isBetween(0.2, 0.8);
  }

  @Test
  void inABatchOfOneClassAnImageIsMixedWithItsNegative() {
    var all = added(half(Kind.CUTMIX), new int[N], 1);
    var open = image(all, N);
    var own = image(all, 0);
    var negatives = 0;
    for (var k = 0; k < SIZE; k++) {
      var isNegative = Math.abs(open[k] - (255 - own[k])) < 1e-4;
      negatives += isNegative ? 1 : 0;
      assertThat(isNegative || open[k] == own[k]).isTrue();
    }
    assertThat(negatives).isBetween(SIZE / 5, 4 * SIZE / 5);
  }

  @Test
  void everyOtherClassIsAPartnerSoonerOrLater() {
    var seen = new boolean[3];
    for (var step = 0; step < 20; step++) {
      var all = added(half(Kind.CUTMIX), LABELS, step);
      seen[LABELS[partner(all, image(all, N), 0)]] = true;
    }
    assertThat(seen).containsExactly(false, true, true);
  }

  /** 12 x 10 is shuffled as 12 x 12: patches of 3 x 3, the last two columns mirrored. */
  @Test
  void patchesChangePlacesAndKeepTheirPixels() {
    var all = added(half(Kind.PATCH_SHUFFLE), LABELS, 1);
    for (var i = 0; i < 4; i++) {
      var open = image(all, N + i);
      var own = image(all, i);
      var moved = 0;
      for (var row = 0; row < 4; row++) {
        for (var column = 0; column < 3; column++) {
          var from = source(own, open, row, column);
          moved += from == 4 * row + column ? 0 : 1;
        }
      }
      assertThat(moved).isGreaterThan(4);
    }
  }

  /**
   * Which patch of the mirrored original lies at this place: the only one, as all values differ.
   */
  private static int source(double[] own, double[] open, int row, int column) {
    for (var patch = 0; patch < 16; patch++) {
      var same = true;
      for (var y = 0; y < 3; y++) {
        for (var x = 0; x < 3; x++) {
          var fromColumn = 3 * (patch % 4) + x;
          var mirrored = fromColumn < W ? fromColumn : 2 * W - 1 - fromColumn;
          var to = 3 * column + x;
          same &=
              open[(3 * row + y) * W * 3 + 3 * to]
                  == own[(3 * (patch / 4) + y) * W * 3 + 3 * mirrored];
        }
      }
      if (same) {
        return patch;
      }
    }
    throw new AssertionError("a patch of no image");
  }

  @ParameterizedTest
  @CsvSource({"12, 10, 2, 2", "28, 28, 4, 4", "5, 9, 2, 2", "32, 21, 4, 3"})
  void aBlurIsTheInterpolationOfMeansOverBlocks(int h, int w, int bh, int bw) {
    var x = new Random(3).doubles((long) h * w).map(u -> (float) (255 * u)).toArray();
    try (var fixture = new GraphFixture()) {
      var actual =
          fixture.value(Distortions.blurred(fixture.training(), fixture.tensor(x, 1, h, w, 1)));
      assertThat(actual).containsExactly(blurred(x, h, w, bh, bw), within(1e-3));
    }
  }

  private static double[] blurred(double[] x, int h, int w, int bh, int bw) {
    var rows = (h + bh - 1) / bh;
    var columns = (w + bw - 1) / bw;
    var means = means(x, h, w, bh, bw);
    var result = new double[h * w];
    for (var y = 0; y < h; y++) {
      for (var c = 0; c < w; c++) {
        var v = Math.max(0, Math.min(rows - 1, (y + 0.5) * rows / h - 0.5));
        var u = Math.max(0, Math.min(columns - 1, (c + 0.5) * columns / w - 0.5));
        var above = (int) v;
        var left = (int) u;
        var below = Math.min(rows - 1, above + 1);
        var right = Math.min(columns - 1, left + 1);
        var upper = means[above][left] * (1 - u + left) + means[above][right] * (u - left);
        var lower = means[below][left] * (1 - u + left) + means[below][right] * (u - left);
        result[y * w + c] = upper * (1 - v + above) + lower * (v - above);
      }
    }
    return result;
  }

  /**
   * Blocks that do not fit are centred: the first ones lose as many pixels as the last, or one
   * less.
   */
  private static double[][] means(double[] x, int h, int w, int bh, int bw) {
    var rows = (h + bh - 1) / bh;
    var columns = (w + bw - 1) / bw;
    var above = (rows * bh - h) / 2;
    var before = (columns * bw - w) / 2;
    var means = new double[rows][columns];
    var counts = new int[rows][columns];
    for (var y = 0; y < h; y++) {
      for (var c = 0; c < w; c++) {
        means[(y + above) / bh][(c + before) / bw] += x[y * w + c];
        counts[(y + above) / bh][(c + before) / bw]++;
      }
    }
    for (var r = 0; r < rows; r++) {
      for (var c = 0; c < columns; c++) {
        means[r][c] /= counts[r][c];
      }
    }
    return means;
  }

  /** Colours near grey, so that nothing is clipped. */
  @Test
  void aHueIsTurnedByAtLeastSixtyDegreesAtTheSameBrightness() {
    var x = new Random(3).doubles(N * SIZE).map(u -> (float) (110 + 30 * u)).toArray();
    try (var fixture = new GraphFixture()) {
      var turned =
          fixture.value(Distortions.recoloured(fixture.training(), fixture.tensor(x, N, H, W, 3)));
      for (var k = 0; k < N * SIZE; k += 3) {
        assertThat(luma(turned, k)).isCloseTo(luma(x, k), within(1e-2));
        var angle = Math.toDegrees(hue(turned, k) - hue(x, k));
        assertThat(Math.abs(Math.IEEEremainder(angle, 360))).isGreaterThan(59);
      }
    }
  }

  private static double luma(double[] x, int at) {
    return 0.299 * x[at] + 0.587 * x[at + 1] + 0.114 * x[at + 2];
  }

  private static double hue(double[] x, int at) {
    var i = 0.5959 * x[at] - 0.2746 * x[at + 1] - 0.3213 * x[at + 2];
    var q = 0.2115 * x[at] - 0.5227 * x[at + 1] + 0.3112 * x[at + 2];
    return Math.atan2(q, i);
  }

  @Test
  void whatCannotBeMadeIsRefused() {
    var grey = InputFormat.of(H, W, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> half(Kind.HUE).requireFit(grey, N))
        .withMessage("HUE needs images with 3 channels, these have 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OpenSamples(List.of(Kind.CUTMIX, Kind.BLUR), 0.1).requireFit(grey, 12))
        .withMessage(
            "a share of 0.1 of a batch of 12 is 1 images, fewer than the 2 kinds: raise the share or training.batch_size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OpenSamples(List.of(Kind.CUTMIX), 1.5))
        .withMessageContaining("1.5");
  }

  @Test
  void withoutKindsABatchStaysAsItIs() {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(pixels(), N, H, W, 3);
      var batch = new Batch(x, fixture.tf().constant(LABELS));
      assertThat(OpenSamples.NONE.addedTo(fixture.training(), batch, 3)).isSameAs(batch);
    }
  }
}
