package org.openmargin.data.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.Pixels;
import org.openmargin.data.synthetic.SyntheticCells;

class ForeignImagesTest {
  private static final ImageShape RGB = new ImageShape(28, 28, 3);
  private static final ImageShape GREY = new ImageShape(28, 28, 1);

  private static KnownImages cells() {
    var images =
        new SyntheticCells(new SyntheticCells.Settings(28, 1, 1, 3, 7)).load().test().images();
    return known(images);
  }

  private static KnownImages known(Images images) {
    var ids = IntStream.range(0, images.count()).mapToObj(Integer::toString).toList();
    return new KnownImages(images, new int[images.count()], ids);
  }

  @Test
  void colouredImagesHaveFifteenGroupsAndGreyOnesNoGroupOfColours() {
    var groups = new ForeignImages(30).groups(cells());
    assertThat(groups.stream().map(ForeignGroup::name))
        .hasSize(15)
        .doesNotHaveDuplicates()
        .contains("black", "page of text", "inverted");
    assertThat(groups)
        .allSatisfy(group -> assertThat(group.images().shape()).isEqualTo(RGB))
        .allSatisfy(group -> assertThat(group.found()).isEqualTo(group.images().count()));
    var grey = known(Drawing.GRADIENT.images(GREY, 5));
    assertThat(new ForeignImages(30).groups(grey).stream().map(ForeignGroup::name))
        .hasSize(13)
        .doesNotContain("flat colour", "channels swapped");
  }

  @Test
  void derivedGroupsHaveAtMostOneImagePerTestImageSpreadOverAll() {
    var cells = cells();
    var sizes =
        new ForeignImages(30)
            .groups(cells).stream()
                .collect(Collectors.groupingBy(ForeignGroup::origin, Collectors.toSet()));
    assertThat(sizes.get(ForeignGroup.Origin.GENERATED))
        .allSatisfy(group -> assertThat(group.images().count()).isEqualTo(30));
    assertThat(sizes.get(ForeignGroup.Origin.DERIVED))
        .allSatisfy(group -> assertThat(group.images().count()).isEqualTo(24));
    var few = new ForeignImages(3).groups(cells).get(11);
    assertThat(few.name()).isEqualTo("inverted");
    for (var i = 0; i < 3; i++) {
      var original = Pixels.unsigned(cells.images(), 8 * i);
      assertThat(Pixels.unsigned(few.images(), i))
          .isEqualTo(Arrays.stream(original).map(v -> 255 - v).toArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void drawingsAreTheSameOnEveryReadAndDifferFromEachOther(Drawing drawing) {
    var images = drawing.images(RGB, 100);
    var seen =
        IntStream.range(0, 100).mapToObj(i -> Arrays.toString(Pixels.unsigned(images, i))).toList();
    var again = drawing.images(RGB, 100);
    assertThat(Arrays.toString(Pixels.unsigned(again, 99))).isEqualTo(seen.get(99));
    assertThat(seen.stream().distinct().count()).isGreaterThan(60);
  }

  @ParameterizedTest
  @EnumSource
  void drawingsHaveTheSizeOfTheNetworkWhateverItIs(Drawing drawing) {
    for (var shape :
        List.of(new ImageShape(8, 8, 3), new ImageShape(40, 30, 3), new ImageShape(160, 160, 3))) {
      var images = drawing.images(shape, 2);
      assertThat(images.shape()).isEqualTo(shape);
      assertThat(Pixels.unsigned(images, 1)).hasSize(shape.bytes());
    }
  }

  @Test
  void meanBrightnessIsThatOfTheKind() {
    assertThat(mean(Drawing.BLACK)).isBetween(0.0, 10.0);
    assertThat(mean(Drawing.WHITE)).isBetween(245.0, 255.0);
    assertThat(mean(Drawing.UNIFORM_NOISE)).isBetween(125.0, 130.0);
    assertThat(mean(Drawing.TEXT)).isBetween(130.0, 235.0);
  }

  private static double mean(Drawing drawing) {
    var images = drawing.images(RGB, 20);
    return IntStream.range(0, 20)
        .flatMap(i -> Arrays.stream(Pixels.unsigned(images, i)))
        .average()
        .orElseThrow();
  }

  @Test
  void someBlackImagesAreExactlyBlack() {
    var images = Drawing.BLACK.images(RGB, 100);
    var exact =
        IntStream.range(0, 100)
            .filter(i -> Arrays.stream(Pixels.unsigned(images, i)).allMatch(value -> value == 0))
            .count();
    assertThat(exact).isBetween(10L, 45L);
  }

  @Test
  void shufflingKeepsThePixelsAndSwappingTheValues() {
    var originals = cells().images();
    var shuffled = Distortion.PIXELS_SHUFFLED.of(originals);
    var swapped = Distortion.CHANNELS_SWAPPED.of(originals);
    var before = Pixels.unsigned(originals, 0);
    var after = Pixels.unsigned(shuffled, 0);
    assertThat(after).isNotEqualTo(before);
    assertThat(colours(after)).isEqualTo(colours(before));
    var turned = Pixels.unsigned(swapped, 0);
    for (var i = 0; i < before.length; i += 3) {
      assertThat(new int[] {turned[i], turned[i + 1], turned[i + 2]})
          .containsExactly(before[i + 2], before[i], before[i + 1]);
    }
  }

  private static List<Integer> colours(int[] values) {
    return IntStream.range(0, values.length / 3)
        .mapToObj(i -> values[3 * i] << 16 | values[3 * i + 1] << 8 | values[3 * i + 2])
        .sorted()
        .toList();
  }

  @Test
  void blurKeepsTheMeanAndLosesTheDetail() {
    var originals = cells().images();
    var blurred = Distortion.BLURRED.of(originals);
    var before = Pixels.unsigned(originals, 0);
    var after = Pixels.unsigned(blurred, 0);
    var means = new double[] {average(before), average(after)};
    assertThat(means[1]).isBetween(means[0] - 8, means[0] + 8);
    assertThat(steps(after)).isLessThan(0.5 * steps(before));
  }

  private static double average(int[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** Mean absolute difference of neighbours in a row. */
  private static double steps(int[] values) {
    return IntStream.range(3, values.length)
        .map(i -> Math.abs(values[i] - values[i - 3]))
        .average()
        .orElseThrow();
  }

  @Test
  void imagesThatADistortionLeavesAsTheyAreAreNotForeign() {
    var grey = Drawing.GREY.images(new ImageShape(28, 28, 3), 4);
    assertThat(Distortion.CHANNELS_SWAPPED.of(flat(grey)).count()).isZero();
    assertThat(Distortion.INVERTED.of(flat(grey)).count()).isPositive();
  }

  /** The same with equal channels. */
  private static Images flat(Images images) {
    return Images.from(
        images.shape(),
        images.count(),
        (index, target, offset) ->
            Arrays.fill(
                target,
                offset,
                offset + images.bytesPerImage(),
                (byte) Pixels.unsigned(images, index)[0]));
  }

  @Test
  void groupsShrinkWithSizeAndViews() {
    assertThat(ForeignImages.affordable(RGB, 1).perGroup()).isEqualTo(100);
    assertThat(ForeignImages.affordable(RGB, 8).perGroup()).isEqualTo(65);
    assertThat(ForeignImages.affordable(new ImageShape(224, 224, 3), 8).perGroup()).isEqualTo(25);
  }
}
