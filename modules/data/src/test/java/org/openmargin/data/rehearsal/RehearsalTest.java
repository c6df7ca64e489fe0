package org.openmargin.data.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.data.ClassSplit;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.OpenSetSplits;

class RehearsalTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @Test
  void neitherTestImagesNorOtherClassesAreLookedAt() {
    var rehearsed = new Rehearsal(List.of(3, 0, 1)).of(dataset(80));
    assertThat(rehearsed.test().ids()).allMatch(id -> id.startsWith("val/"));
    assertThat(rehearsed.train().ids()).allMatch(id -> id.startsWith("train/"));
    assertThat(rehearsed.validation().ids()).allMatch(id -> id.startsWith("train/"));
    for (var part : List.of(rehearsed.train(), rehearsed.validation(), rehearsed.test())) {
      assertThat(part.labels()).doesNotContain(2).contains(0, 1, 3);
    }
  }

  @Test
  void everyTenthTrainingImageOfAClassValidates() {
    var rehearsed = new Rehearsal(List.of(0, 1, 3)).of(dataset(80));
    // 20 images of each class, ids 0, 4, 8, ... of class 0.
    assertThat(rehearsed.validation().ids())
        .containsExactly("train/36", "train/37", "train/39", "train/76", "train/77", "train/79");
    assertThat(rehearsed.train().count()).isEqualTo(54);
    assertThat(rehearsed.train().ids()).doesNotContainAnyElementsOf(rehearsed.validation().ids());
  }

  /** Otherwise thresholds are found on patients that were trained on. */
  @Test
  void groupsStayTogether() {
    var rehearsed = new Rehearsal(List.of(0, 1, 3)).of(grouped(dataset(400)));
    assertThat(rehearsed.validation().count()).isBetween(25, 35);
    assertThat(rehearsed.validation().labels()).contains(0, 1, 3).doesNotContain(2);
    assertThat(rehearsed.train().groups())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(rehearsed.validation().groups());
  }

  /** Five images after another are of one patient. */
  private static Dataset grouped(Dataset dataset) {
    var train = dataset.train();
    var groups = IntStream.range(0, train.count()).mapToObj(row -> "p" + row / 5).toList();
    return new Dataset(
        dataset.name(),
        dataset.classNames(),
        new LabeledImages(train.images(), train.labels(), train.ids(), groups),
        dataset.validation(),
        dataset.test(),
        dataset.digest());
  }

  @Test
  void imagesKeepTheirPixels() {
    var rehearsed = new Rehearsal(List.of(0, 1, 3)).of(dataset(80));
    var pixel = new byte[1];
    rehearsed.validation().images().copyTo(2, pixel, 0);
    assertThat(pixel[0]).isEqualTo((byte) 39);
  }

  @Test
  void theClassThatIsHeldOutPosesAsUnknown() {
    var rehearsed = new Rehearsal(List.of(0, 1, 3)).of(dataset(80));
    var splits = OpenSetSplits.of(rehearsed, new ClassSplit(NAMES, List.of(0, 3)));
    assertThat(splits.test().unknown().classes()).containsOnly(1);
    assertThat(splits.unknownNames()).containsExactly("b");
    assertThat(splits.training().train().count()).isEqualTo(36);
  }

  @Test
  void blendsOfTwoClassesAreTheMeansOfTheirImages() {
    var two = new Rehearsal(List.of(3, 1), Rehearsal.Unknown.BLENDS).of(dataset(80));
    assertThat(two.classNames()).endsWith("blends of d and b");
    // Validation images 3 and 7 are of class d, 1 and 5 of class b; an image's pixel is its number.
    var splits = OpenSetSplits.of(two, new ClassSplit(two.classNames(), List.of(1, 3)));
    assertThat(splits.test().known().count()).isEqualTo(4);
    assertThat(splits.test().unknown().classes()).containsExactly(4, 4);
    assertThat(splits.test().unknown().ids()).containsExactly("val/3 + val/1", "val/7 + val/5");
    var pixel = new byte[1];
    splits.test().unknown().images().copyTo(1, pixel, 0);
    assertThat(pixel[0]).isEqualTo((byte) 6);
  }

  @Test
  void aClassThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> new Rehearsal(List.of(0, 1, 4)).of(dataset(80)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("class 4 of the rehearsal", "0 to 3");
  }

  private static Dataset dataset(int train) {
    return new Dataset(
        "four", NAMES, part("train", train), part("val", 8), part("test", 8), "0".repeat(64));
  }

  /** Image i has pixel i and class i mod 4. */
  private static LabeledImages part(String name, int count) {
    var pixels = new byte[count];
    for (var i = 0; i < count; i++) {
      pixels[i] = (byte) i;
    }
    return new LabeledImages(
        Images.of(1, 1, 1, pixels),
        IntStream.range(0, count).map(i -> i % 4).toArray(),
        IntStream.range(0, count).mapToObj(i -> name + "/" + i).toList());
  }
}
