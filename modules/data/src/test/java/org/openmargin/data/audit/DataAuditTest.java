package org.openmargin.data.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.data.audit.DrawnImages.copy;
import static org.openmargin.data.audit.DrawnImages.picture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openmargin.data.Dataset;
import org.openmargin.data.FileFacts;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.WorkListener;

/** Whatever is planted in a data set is found, each under its name, and nothing else. */
class DataAuditTest {
  private static final int EACH = 40;

  private static Dataset dataset(DrawnImages train, DrawnImages validation, DrawnImages test) {
    return new Dataset(
        "drawn",
        List.of("round", "long"),
        train.labelled("train"),
        validation.labelled("validation"),
        test.labelled("test"),
        "0");
  }

  private static DrawnImages train() {
    return new DrawnImages().fill(0, 0, EACH).fill(1, 100, EACH);
  }

  private static DrawnImages validation() {
    return new DrawnImages().fill(0, 200, EACH).fill(1, 300, EACH);
  }

  private static DrawnImages test() {
    return new DrawnImages().fill(0, 400, EACH).fill(1, 500, EACH);
  }

  private static AuditResult audit(Dataset dataset) {
    var set = AuditedSet.of(dataset, group -> "g" + group.hashCode());
    return new DataAudit(set, AuditSettings.DEFAULT, WorkListener.NONE).full(Map.of());
  }

  private static Map<String, Finding> byKind(AuditResult result) {
    return result.findings().stream()
        .collect(Collectors.toMap(f -> f.kind().word() + " " + f.splits(), f -> f));
  }

  @Test
  void aSoundDataSetHasNoFinding() {
    var result = audit(dataset(train(), validation(), test()));
    assertThat(result.findings()).isEmpty();
    assertThat(result.confounding()).hasSize(2).noneMatch(Confounding::isFound);
    assertThat(result.images()).isEqualTo(6 * EACH);
    assertThat(result.ranges().keySet()).containsExactly("train", "validation", "test");
  }

  /** Negatives, to a model that does not see the difference. */
  @Test
  void whatAModelCanHardlyTellApartIsFound() {
    var train = train().add(0, picture(1000), "a").add(0, picture(1001), "b");
    var test = test().add(0, negative(picture(1000)), "c");
    var validation = validation().add(1, negative(picture(1001)), "d");
    var dataset = dataset(train, validation, test);
    assertThat(audit(dataset).findings()).isEmpty();
    var set = AuditedSet.of(dataset, group -> group);
    var audit =
        new DataAudit(
            set,
            AuditSettings.DEFAULT,
            WorkListener.NONE,
            Optional.of(images -> images.stream().map(DataAuditTest::withoutSign).toList()));
    var found = byKind(audit.full(Map.of()));
    assertThat(found.keySet())
        .containsExactlyInAnyOrder(
            "alike-images train and test",
            "alike-images train and validation",
            "alike-two-labels ");
    assertThat(found.values())
        .allMatch(finding -> finding.evidence().size() == 1)
        .allMatch(Finding::isWarning)
        .noneMatch(Finding::isLeak);
  }

  private static byte[] negative(byte[] picture) {
    var negative = new byte[picture.length];
    for (var i = 0; i < negative.length; i++) {
      negative[i] = (byte) (255 - (picture[i] & 0xff));
    }
    return negative;
  }

  private static float[] withoutSign(Images image) {
    var pixels = new byte[image.bytesPerImage()];
    image.copyTo(0, pixels, 0);
    var embedding = new float[pixels.length];
    for (var i = 0; i < pixels.length; i++) {
      embedding[i] = Math.abs((pixels[i] & 0xff) - 127.5f);
    }
    return embedding;
  }

  @Test
  void everyPlantedFaultIsNamed() {
    var flat = new byte[DrawnImages.SIDE * DrawnImages.SIDE];
    var train =
        train()
            .add(0, picture(1000), "a")
            .add(0, picture(1001), "b")
            .add(0, picture(1002), "patient 7")
            .add(0, picture(1003), "c")
            .add(1, picture(1003), "d")
            .add(0, picture(1004), "e")
            .add(1, copy(picture(1004)), "f")
            .add(0, picture(1005), "g")
            .add(0, picture(1005), "h")
            .add(1, picture(1006), "i")
            .add(1, copy(picture(1006)), "j")
            .add(0, flat, "k");
    var validation = validation().add(1, copy(picture(1007)), "l");
    var test =
        test()
            .add(0, picture(1000), "m")
            .add(0, copy(picture(1001)), "n")
            .add(0, picture(1008), "patient 7")
            .add(1, picture(1007), "o");
    var found = byKind(audit(dataset(train, validation, test)));
    assertThat(found)
        .containsOnlyKeys(
            "equal-images train and test",
            "near-images train and test",
            "shared-groups train and test",
            "near-images validation and test",
            "two-labels ",
            "near-two-labels ",
            "repeated ",
            "near-repeated ",
            "constant ");
    assertThat(found.values()).allMatch(finding -> finding.evidence().size() == 1);
    var near = found.get("near-images train and test").evidence().get(0);
    assertThat(near.images()).extracting(AuditedImage::id).containsExactly("train/81", "test/81");
    assertThat(near.correlation().orElseThrow()).isBetween(0.97, 1.0);
    var group = found.get("shared-groups train and test");
    assertThat(group.line()).contains("1 in train, 1 in test").doesNotContain("patient");
    assertThat(found.values().stream().filter(Finding::isLeak)).hasSize(3);
  }

  @Test
  void turnedCopiesAreFoundIfAskedFor() {
    var mirrored = new byte[DrawnImages.SIDE * DrawnImages.SIDE];
    for (var i = 0; i < mirrored.length; i++) {
      var x = i % DrawnImages.SIDE;
      mirrored[i] = picture(0)[i - x + DrawnImages.SIDE - 1 - x];
    }
    var set =
        AuditedSet.of(dataset(train(), validation(), test().add(0, mirrored, "x")), group -> "");
    var plain = new DataAudit(set, AuditSettings.DEFAULT, WorkListener.NONE).quick();
    var turned =
        new DataAudit(set, new AuditSettings(0.97, true, false), WorkListener.NONE).quick();
    assertThat(plain.leaks()).extracting(Finding::kind).doesNotContain(FindingKind.NEAR_IMAGES);
    assertThat(turned.leaks()).extracting(Finding::kind).contains(FindingKind.NEAR_IMAGES);
  }

  /** Without 3 of 70 px at each edge, whichever of the two comes first. */
  @Test
  void croppedCopiesAreFoundIfAskedFor() {
    var large = DrawnImages.one(picture(0)).preprocessed(ImageGeometry.square(70));
    var whole = alone("a", large.preprocessed(ImageGeometry.square(64)));
    var middle = alone("b", large.preprocessed(new ImageGeometry(OptionalInt.of(64), 64, 64)));
    var other = DrawnImages.one(picture(1)).preprocessed(ImageGeometry.square(64));
    for (var order : List.of(List.of(whole, middle), List.of(middle, whole))) {
      var dataset =
          new Dataset("d", List.of("x"), order.get(0), alone("c", other), order.get(1), "0");
      var set = AuditedSet.of(dataset, group -> "");
      var plain = new DataAudit(set, AuditSettings.DEFAULT, WorkListener.NONE).quick();
      var settings = new AuditSettings(0.97, false, true);
      var cropped = new DataAudit(set, settings, WorkListener.NONE).quick();
      assertThat(plain.findings()).isEmpty();
      assertThat(cropped.findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.kind()).isEqualTo(FindingKind.NEAR_IMAGES);
                assertThat(finding.splits()).isEqualTo("train and test");
              });
    }
  }

  private static LabeledImages alone(String id, Images image) {
    return new LabeledImages(image, new int[] {0}, List.of(id));
  }

  @Test
  void trainingImagesOfUnknownClassesAreNotUsed() {
    var test = test().add(1, picture(100), "x");
    var all = dataset(train(), validation(), test);
    assertThat(audit(all).leaks())
        .extracting(Finding::kind)
        .containsExactly(FindingKind.EQUAL_IMAGES);
    var known = AuditedSet.of(all, List.of(0), group -> group);
    assertThat(new DataAudit(known, AuditSettings.DEFAULT, WorkListener.NONE).quick().leaks())
        .isEmpty();
  }

  @Test
  void aFormatThatTellsTheClassIsSaid() {
    var all = dataset(train(), validation(), test());
    var set = AuditedSet.of(all, group -> group);
    var files =
        set.images().stream()
            .collect(
                Collectors.toMap(
                    AuditedImage::id,
                    image ->
                        new FileFacts(
                            image.className().equals("long") ? "PNG" : "JPEG", 32, 32, 900, "")));
    var found = new DataAudit(set, AuditSettings.DEFAULT, WorkListener.NONE).full(files);
    assertThat(found.findings())
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(FindingKind.CONFOUNDED))
        .satisfies(f -> assertThat(f.line()).startsWith("format, size and device alone"));
  }

  @Test
  void aDarkSplitIsSaid() {
    var dark = new DrawnImages();
    for (var number = 400; number < 420; number++) {
      var picture = picture(number);
      for (var i = 0; i < picture.length; i++) {
        picture[i] = (byte) ((picture[i] & 0xff) / 8);
      }
      dark.add(number % 2, picture, "own " + number);
    }
    assertThat(byKind(audit(dataset(train(), validation(), dark)))).containsKey("value-range test");
  }

  @Test
  void acknowledgedLeaksPassAndChangedOnesDoNot() {
    var leaks = audit(dataset(train(), validation(), test().add(0, picture(0), "x"))).leaks();
    var name = leaks.get(0).name();
    assertThat(name).matches("equal-images/[0-9a-f]{12}");
    assertThat(new Leaks(leaks, List.of()).refused()).isEqualTo(leaks);
    assertThat(new Leaks(leaks, List.of(name)).refused()).isEmpty();
    assertThat(new Leaks(leaks, List.of("equal-images")).refused()).isEmpty();
    assertThat(new Leaks(leaks, List.of("near-images")).refused()).isEqualTo(leaks);
    var more =
        audit(
                dataset(
                    train(), validation(), test().add(0, picture(0), "x").add(0, picture(1), "y")))
            .leaks();
    assertThat(new Leaks(more, List.of(name)).refused()).isEqualTo(more);
    assertThat(new Leaks(more, List.of(name, "equal-images")).stale()).containsExactly(name);
  }
}
