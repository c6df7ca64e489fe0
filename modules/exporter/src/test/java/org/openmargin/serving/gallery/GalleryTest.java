package org.openmargin.serving.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gallery.GalleryCalibration.Fixed;
import org.openmargin.serving.gallery.GalleryCalibration.Impostors;
import org.openmargin.serving.gallery.GalleryCalibration.LeaveOneOut;
import org.openmargin.serving.gallery.SimilarityRule.Centroid;
import org.openmargin.serving.gallery.SimilarityRule.NearestTemplates;

class GalleryTest {
  private static final int SIZE = 8;

  @TempDir Path folder;

  private final Random random = new Random(3);

  /** Embeddings around an axis, of any length. */
  private List<float[]> around(int axis, int count, double spread) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              var x = new float[SIZE];
              for (var j = 0; j < SIZE; j++) {
                x[j] = (float) (spread * random.nextGaussian());
              }
              x[axis] += 1;
              var length = 0.5f + random.nextFloat();
              for (var j = 0; j < SIZE; j++) {
                x[j] *= length;
              }
              return x;
            })
        .toList();
  }

  private Identity identity(String name, int axis, int count) {
    return Identity.of(name, around(axis, count, 0.2));
  }

  private Gallery gallery(SimilarityRule rule) {
    return Gallery.of(
        rule,
        new LeaveOneOut(0.1),
        List.of(identity("a", 0, 12), identity("b", 1, 12), identity("c", 2, 2)));
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (var i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void similarityIsTheMeanOfTheNearestTemplates(int k) {
    var templates = around(0, 7, 0.5);
    var gallery =
        Gallery.of(new NearestTemplates(k), new Fixed(-1), List.of(Identity.of("a", templates)));
    var probe = around(0, 1, 0.5).get(0);
    var cosines =
        new ArrayList<>(templates.stream().map(template -> cosine(template, probe)).toList());
    cosines.sort(Collections.reverseOrder());
    var wanted = cosines.stream().limit(k).mapToDouble(x -> x).average().orElseThrow();

    assertThat(gallery.identify(probe).similarity()).isCloseTo(wanted, within(1e-6));
  }

  @Test
  void centroidIsTheMeanOfUnitVectors() {
    var gallery =
        Gallery.of(
            new Centroid(),
            new Fixed(0),
            List.of(Identity.of("a", List.of(new float[] {4, 0}, new float[] {0, 1}))));

    assertThat(gallery.identify(new float[] {1, 1}).similarity()).isCloseTo(1, within(1e-6));
    assertThat(gallery.identify(new float[] {1, 0}).similarity())
        .isCloseTo(Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void similarImagesAreIdentifiedAndOthersAreUnknown() {
    var gallery = gallery(new Centroid());

    for (var probe : around(1, 5, 0.05)) {
      var answer = gallery.identify(probe);
      assertThat(answer.identity()).isEqualTo("b");
      assertThat(answer.unknown()).isFalse();
      assertThat(answer.reason()).isEqualTo("ok");
    }
    for (var probe : around(5, 5, 0.05)) {
      var answer = gallery.identify(probe);
      assertThat(answer.identity()).isEqualTo("unknown");
      assertThat(answer.unknown()).isTrue();
      assertThat(answer.reason()).isEqualTo("not_similar");
      assertThat(answer.bestIdentity()).isIn("a", "b", "c");
    }
  }

  @Test
  void numbersThatAreNotFiniteAreNeverAccepted() {
    var gallery = gallery(new Centroid()).calibratedBy(new Fixed(-1));
    var bad = new float[SIZE];
    for (var number : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1f / 0}) {
      bad[3] = number;
      assertThat(gallery.identify(bad).unknown()).isTrue();
      assertThat(gallery.identify(bad).reason()).isEqualTo("not_finite");
      assertThat(gallery.identify(bad).similarity()).isEqualTo(-1);
      assertThat(gallery.identify(bad).bestIdentity()).isEqualTo("unknown");
    }
    assertThat(gallery.identify(new float[SIZE]).similarity()).isZero();
    assertThatThrownBy(() -> Identity.of("d", List.of(bad)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRemovedIdentityIsUnknownAgainAndTheOldGalleryIsAsItWas() {
    var before = gallery(new NearestTemplates(2));
    var with = before.enrolled("d", around(5, 12, 0.2));
    var without = with.removed("d");

    for (var probe : around(5, 10, 0.05)) {
      assertThat(before.identify(probe).identity()).isEqualTo("unknown");
      assertThat(with.identify(probe).identity()).isEqualTo("d");
      assertThat(without.identify(probe)).isEqualTo(before.identify(probe));
    }
    assertThat(without.threshold()).isEqualTo(before.threshold());
    assertThat(with.renamed("d", "e").identify(around(5, 1, 0.05).get(0)).identity())
        .isEqualTo("e");
  }

  @Test
  void moreImagesOfAnIdentityGoToItsTemplates() {
    var gallery = gallery(new Centroid()).enrolled("a", around(0, 3, 0.1));

    assertThat(gallery.identities()).hasSize(3);
    assertThat(gallery.identity("a").orElseThrow().templates()).hasSize(15);
    assertThat(gallery.templates()).isEqualTo(29);
  }

  /** Whatever the rate, no more calibration impostors than it allows are accepted. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.1, 0.5})
  void impostorsAreAcceptedAtMostAtTheRate(double fpir) {
    var impostors = around(5, 199, 1.0);
    var gallery = gallery(new Centroid()).calibratedBy(new Impostors(fpir, impostors));
    var accepted = impostors.stream().filter(x -> !gallery.identify(x).unknown()).count();

    assertThat(accepted).isEqualTo(Math.round(fpir * 200) - 1);
    assertThat(gallery.threshold().bound()).isCloseTo(fpir, within(1e-12));
    assertThat(gallery.threshold().method()).isEqualTo("impostors");
  }

  /** P(accepted) of one more impostor, over many draws: at most k/(N+1), and not much less. */
  @Test
  void theRateOfImpostorsHoldsForNewOnes() {
    var base = gallery(new Centroid());
    var draws = 2000;
    var accepted = 0;
    for (var draw = 0; draw < draws; draw++) {
      var gallery = base.calibratedBy(new Impostors(0.2, around(5, 19, 1.0)));
      accepted += gallery.identify(around(5, 1, 1.0).get(0)).unknown() ? 0 : 1;
    }
    // Deviation of the mean of 2000 draws of probability 0.2: 0.009.
    assertThat(accepted / (double) draws).isCloseTo(0.2, within(0.036));
  }

  @Test
  void genuineImagesAreRejectedAtTheRate() {
    var draws = 1000;
    var rejected = 0;
    for (var draw = 0; draw < draws; draw++) {
      var gallery =
          Gallery.of(
              new Centroid(), new LeaveOneOut(0.2), List.of(Identity.of("a", around(0, 19, 0.3))));
      rejected += gallery.identify(around(0, 1, 0.3).get(0)).unknown() ? 1 : 0;
    }
    // At most 0.2, by a little less, because a template is compared with one template less.
    assertThat(rejected / (double) draws).isBetween(0.1, 0.238);
  }

  @Test
  void tiesOfImpostorsAreAllRejected() {
    var impostor = around(5, 1, 0.3).get(0);
    var gallery =
        gallery(new Centroid()).calibratedBy(new Impostors(0.5, Collections.nCopies(9, impostor)));

    assertThat(gallery.identify(impostor).unknown()).isTrue();
  }

  @Test
  void aSimilarityThatComesBackAsAThresholdAccepts() {
    var gallery = gallery(new NearestTemplates(3));
    for (var probe : around(5, 50, 1.0)) {
      var similarity = gallery.identify(probe).similarity();
      assertThat(gallery.calibratedBy(new Fixed(similarity)).identify(probe).unknown()).isFalse();
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    var gallery = gallery(new Centroid());
    refused(() -> gallery.removed("x"), "no identity 'x'; it has a, b, c");
    refused(() -> gallery.renamed("a", "b"), "two identities called 'b'");
    refused(() -> gallery.renamed("a", "unknown"), "called 'unknown'");
    refused(() -> gallery.renamed("a", " a"), "is not a name");
    refused(() -> gallery.renamed("a", "a\nb"), "is not a name");
    refused(() -> gallery.removed("a").removed("b").removed("c"), "is the last identity");
    refused(() -> gallery.enrolled("d", List.of()), "has no image");
    refused(() -> new Impostors(0.01, around(5, 98, 1)), "at least 99 images of impostors");
    refused(() -> new Impostors(0, around(5, 98, 1)), "between 0 and 1");
    refused(() -> new LeaveOneOut(Double.NaN), "between 0 and 1");
    refused(() -> new Fixed(1.5), "between -1 and 1");
    refused(
        () -> Gallery.of(new Centroid(), new LeaveOneOut(0.1), List.of(identity("a", 0, 1))),
        "no identity has two images");
    assertThatThrownBy(() -> gallery.identify(new float[3]))
        .hasMessageContaining("has 3 numbers; the gallery's have 8");
    assertThatThrownBy(() -> gallery.enrolled("a", List.of(new float[3])))
        .hasMessageContaining("has 3 numbers");
  }

  private static void refused(Runnable change, String why) {
    assertThatThrownBy(change::run).isInstanceOf(ModelException.class).hasMessageContaining(why);
  }

  @Test
  void readersSeeOneGalleryOrTheOther() throws InterruptedException {
    var small = gallery(new Centroid());
    var large = small.enrolled("d", around(5, 12, 0.2));
    var present = new AtomicReference<>(small);
    var probe = around(5, 1, 0.05).get(0);
    var wanted = List.of(small.identify(probe), large.identify(probe));
    var seen = Collections.synchronizedSet(new HashSet<Identification>());
    var readers =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          for (var j = 0; j < 2000; j++) {
                            seen.add(present.get().identify(probe));
                          }
                        }))
            .toList();
    readers.forEach(Thread::start);
    for (var i = 0; i < 100; i++) {
      present.set(i % 2 == 0 ? large : small);
    }
    for (var reader : readers) {
      reader.join();
    }
    assertThat(wanted).containsAll(seen);
  }

  @Test
  void aGalleryComesBackFromItsFiles() throws IOException {
    var change = new GalleryChange(Instant.EPOCH, "me", GalleryChange.Action.CREATED, "", 26);
    for (var calibration :
        List.of(new LeaveOneOut(0.1), new Fixed(0.25), new Impostors(0.1, around(5, 30, 1.0)))) {
      for (var rule : List.of(new Centroid(), new NearestTemplates(4))) {
        var gallery = gallery(rule).calibratedBy(calibration).renamed("b", "b \"é\" ß");
        var version = Files.createTempDirectory(folder, "v");
        Files.createDirectory(version.resolve("assets.extra"));
        var stored = new StoredGallery(gallery, List.of(change));
        stored.write(version);

        var back = StoredGallery.read(version);

        assertThat(back.history()).isEqualTo(stored.history());
        assertThat(back.gallery().rule()).isEqualTo(rule);
        assertThat(back.gallery().identities()).isEqualTo(gallery.identities());
        assertThat(back.gallery().threshold()).isEqualTo(gallery.threshold());
        for (var probe : around(1, 5, 0.3)) {
          assertThat(back.gallery().identify(probe)).isEqualTo(gallery.identify(probe));
        }
      }
    }
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    Files.createDirectory(folder.resolve("assets.extra"));
    new StoredGallery(gallery(new Centroid()), List.of()).write(folder);
    var file = folder.resolve(StoredGallery.FOLDER).resolve("templates.npy");
    var whole = Files.readAllBytes(file);
    for (var length : new int[] {0, 5, 127, 128, whole.length - 1, whole.length - 32}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(() -> StoredGallery.read(folder), "is damaged");
    }
    Files.write(file, whole);
    Files.writeString(file.resolveSibling("gallery.textproto"), "identities { name: ");
    refused(() -> StoredGallery.read(folder), "is damaged");
    refused(() -> StoredGallery.read(folder.resolve("none")), "has no gallery");
  }
}
