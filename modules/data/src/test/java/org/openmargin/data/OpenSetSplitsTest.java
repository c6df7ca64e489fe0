package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenSetSplitsTest {

  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @Test
  void knownClassesAreInLabelOrder() {
    var split = new ClassSplit(NAMES, List.of(3, 1));
    assertThat(split.known()).containsExactly(1, 3);
    assertThat(split.knownNames()).containsExactly("b", "d");
    assertThat(split.unknown()).containsExactly(0, 2);
  }

  @Test
  void aSplitOutsideTheClassListSaysTheRange() {
    assertThatThrownBy(() -> new ClassSplit(NAMES, List.of(0, 4, -1)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("[4, -1]", "0 to 3", "a, b, c, d");
  }

  @Test
  void aSplitListsEachClassOnce() {
    assertThatThrownBy(() -> new ClassSplit(NAMES, List.of(1, 2, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("each id once");
  }

  @Test
  void aSplitNeedsTwoKnownClasses() {
    assertThatThrownBy(() -> new ClassSplit(NAMES, List.of(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 2");
  }

  @Test
  void allClassesMayBeKnown() {
    var dataset = dataset(part(0, 1, 2, 3), part(0, 1, 2, 3), part(3, 2, 1, 0));
    var splits = OpenSetSplits.of(dataset, new ClassSplit(NAMES, List.of(0, 1, 2, 3)));
    assertThat(splits.test().known().labels()).containsExactly(3, 2, 1, 0);
    assertThat(splits.test().unknown().count()).isZero();
    assertThat(splits.unknownNames()).isEmpty();
    assertThat(splits.untestedUnknownNames()).isEmpty();
  }

  @Test
  void anUnknownClassMayHaveNoTestImage() {
    var dataset = dataset(part(0, 1, 2, 3), part(1, 3), part(1, 3, 2));
    var splits = OpenSetSplits.of(dataset, new ClassSplit(NAMES, List.of(1, 3)));
    assertThat(splits.unknownNames()).containsExactly("c");
    assertThat(splits.untestedUnknownNames()).containsExactly("a");
  }

  @Test
  void onlyAnUnknownClassMayBeCalledUnknown() {
    var names = List.of("a", "Unknown", "c");
    assertThat(new ClassSplit(names, List.of(0, 2)).knownNames()).containsExactly("a", "c");
    assertThatThrownBy(() -> new ClassSplit(names, List.of(0, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("known class 1 is called 'Unknown'", "rename it");
  }

  @Test
  void trainingSeesKnownClassesOnlyWithPositionsAsLabels() {
    var dataset = dataset(part(0, 1, 2, 3, 1), part(3, 1, 0), part(0, 1, 2, 3));
    var splits = OpenSetSplits.of(dataset, new ClassSplit(NAMES, List.of(3, 1)));
    var training = splits.training();
    assertThat(training.classNames()).containsExactly("b", "d");
    assertThat(training.train().labels()).containsExactly(0, 1, 0);
    assertThat(training.train().ids()).containsExactly("1", "3", "4");
    assertThat(Pixels.of(training.train().images(), 1)).containsExactly(103);
    assertThat(training.validation().labels()).containsExactly(1, 0);
    assertThat(training.validation().count()).isEqualTo(2);
  }

  @Test
  void testHoldsKnownAndUnknownImagesApart() {
    var dataset = dataset(part(1, 3), part(1, 3), part(2, 3, 0, 1));
    var test = OpenSetSplits.of(dataset, new ClassSplit(NAMES, List.of(1, 3))).test();
    assertThat(test.known().labels()).containsExactly(1, 0);
    assertThat(test.unknown().classes()).containsExactly(2, 0);
    assertThat(test.unknown().ids()).containsExactly("0", "2");
    assertThat(Pixels.of(test.unknown().images(), 1)).containsExactly(102);
    assertThat(test.unknown().count()).isEqualTo(2);
    assertThat(test.known().count()).isEqualTo(2);
    assertThat(test.knownClassNames()).containsExactly("b", "d");
  }

  @Test
  void namesAllKnownClassesWithoutImagesAtOnce() {
    var dataset = dataset(part(1), part(3), part(1, 3));
    var split = new ClassSplit(NAMES, List.of(1, 3));
    assertThatThrownBy(() -> OpenSetSplits.of(dataset, split))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "known class 1 (b) has no validation image", "known class 3 (d) has no train image");
  }

  @Test
  void refusesLabelsOutsideTheSplit() {
    var dataset = dataset(part(0, 1, 3), part(0, 1), part(0, 1, 2));
    var split = new ClassSplit(List.of("a", "b", "c"), List.of(0, 1));
    assertThatThrownBy(() -> OpenSetSplits.of(dataset, split))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("labels outside the split", "class 3", "3 classes (0..2)");
  }

  @Test
  void aDatasetRefusesPartsOfDifferentSize() {
    var large = new LabeledImages(Images.of(2, 2, 1, new byte[4]), new int[1], List.of("x"));
    assertThatThrownBy(() -> dataset(part(1), large, part(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("one size", "1x1x1, 2x2x1 and 1x1x1");
  }

  @Test
  void imagesLabelsAndNamesMustAgree() {
    var two = Images.of(1, 1, 1, new byte[2]);
    assertThatThrownBy(() -> new LabeledImages(two, new int[2], List.of("x")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 images, 2 labels and 1 names");
    assertThatThrownBy(() -> new KnownImages(two, new int[1], List.of("x", "y")))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> new UnknownImages(two, new int[3], List.of("x", "y")))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aSummaryCountsClassesAndParts() {
    var summary = DatasetSummary.of(dataset(part(0, 0, 1), part(1), part(3, 3)));
    assertThat(summary.classes())
        .containsExactly(
            new DatasetSummary.ClassCounts(0, "a", 2, 0, 0),
            new DatasetSummary.ClassCounts(1, "b", 1, 1, 0),
            new DatasetSummary.ClassCounts(2, "c", 0, 0, 0),
            new DatasetSummary.ClassCounts(3, "d", 0, 0, 2));
    assertThat(summary.total()).isEqualTo(new DatasetSummary.ClassCounts(-1, "total", 3, 1, 2));
    assertThat(summary.total().total()).isEqualTo(6);
    assertThat(summary.heightPx()).isEqualTo(1);
    assertThat(summary.channels()).isEqualTo(1);
  }

  private static Dataset dataset(
      LabeledImages train, LabeledImages validation, LabeledImages test) {
    return new Dataset("set", NAMES, train, validation, test, "00");
  }

  /** One pixel per image: 100 + its index. */
  private static LabeledImages part(int... labels) {
    var pixels = new byte[labels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (100 + i);
    }
    var ids = IntStream.range(0, labels.length).mapToObj(String::valueOf).toList();
    return new LabeledImages(Images.of(1, 1, 1, pixels), labels, ids);
  }
}
