package org.openmargin.exporter.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.ModelCopy;
import org.openmargin.exporter.PlainSession;
import org.openmargin.exporter.Png;
import org.openmargin.exporter.TrainedNetwork;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.TensorProtos;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.GalleryCalibration.Fixed;
import org.openmargin.serving.gallery.GalleryChange;
import org.openmargin.serving.gallery.Identification;
import org.openmargin.serving.gallery.Identity;
import org.openmargin.serving.gallery.SimilarityRule;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.proto.ConfigProto;

class GalleryExporterTest {
  private static final GalleryChange CHANGE =
      new GalleryChange(Instant.EPOCH, "me", GalleryChange.Action.CREATED, "", 1);

  @TempDir static Path directory;
  private static Path exported;
  private static List<byte[]> files;
  private static List<float[]> embeddings;
  private static double threshold;

  @TempDir Path copies;
  private Path model;

  @BeforeAll
  static void export() throws IOException {
    var network = TrainedNetwork.omcl(directory.resolve("run"));
    exported = Exporter.export(network.request(directory, "max_logit")).directory();
    files = network.images().stream().map(pixels -> Png.encode(pixels, 20, 20, 3)).toList();
    try (var classifier = OpenSetClassifier.load(exported)) {
      embeddings = classifier.classifyEncoded(files).stream().map(a -> a.embedding()).toList();
    }
    // Images 0 and 1 against 10 and 11: halfway between the same image and the other ones.
    var dark = Identity.of("dark", embeddings.subList(0, 2));
    var other = Gallery.of(new SimilarityRule.NearestTemplates(1), new Fixed(-1), List.of(dark));
    threshold = (1 + other.identify(embeddings.get(11)).similarity()) / 2;
  }

  @BeforeEach
  void copy() throws IOException {
    model = copies.resolve("blood");
    Files.createDirectory(model);
    ModelCopy.of(exported, model.resolve("1"));
  }

  private static Gallery dark(SimilarityRule rule) {
    return Gallery.of(
        rule, new Fixed(threshold), List.of(Identity.of("dark", embeddings.subList(0, 2))));
  }

  private GalleryExporter.Written create(Gallery gallery) {
    return new GalleryExporter(model, PlainSession.CONFIG)
        .change(none -> new StoredGallery(gallery, List.of(CHANGE)));
  }

  private GalleryExporter.Written change(UnaryOperator<Gallery> change) {
    return new GalleryExporter(model, PlainSession.CONFIG)
        .change(
            stored -> {
              var old = stored.orElseThrow();
              return old.changed(change.apply(old.gallery()), CHANGE);
            });
  }

  private static List<Identification> identify(Path version, List<byte[]> images) {
    try (var loaded = LoadedModel.open(version, ConfigProto.getDefaultInstance());
        var tensor = TensorProtos.strings(images);
        var rows = loaded.call(ModelContract.IDENTIFY, Map.of(ModelContract.IMAGE_BYTES, tensor))) {
      var names = rows.strings(ModelContract.IDENTITY);
      var best = rows.strings(ModelContract.BEST_IDENTITY);
      var reasons = rows.strings(ModelContract.REASON);
      var similarities = rows.floats(ModelContract.SIMILARITY);
      var unknown = rows.booleans(ModelContract.IS_UNKNOWN);
      var answers = new ArrayList<Identification>();
      for (var i = 0; i < unknown.length; i++) {
        answers.add(
            new Identification(
                names.get(i), similarities[i], unknown[i], best.get(i), reasons.get(i)));
      }
      return answers;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 9})
  void theGraphAnswersAsTheGalleryDoes(int k) {
    var rule = k == 0 ? new SimilarityRule.Centroid() : new SimilarityRule.NearestTemplates(k);
    var same = embeddings.get(11);
    var gallery =
        separating(
            dark(rule)
                .enrolled("bright", List.of(same, same, embeddings.get(10), same))
                .enrolled("middle", embeddings.subList(4, 7)));
    var version = create(gallery).directory();

    var answers = identify(version, files);

    for (var i = 0; i < answers.size(); i++) {
      var wanted = gallery.identify(embeddings.get(i));
      assertThat(answers.get(i).similarity()).isCloseTo(wanted.similarity(), within(1e-5));
      assertThat(answers.get(i).bestIdentity()).isEqualTo(wanted.bestIdentity());
      assertThat(answers.get(i).identity()).isEqualTo(wanted.identity());
      assertThat(answers.get(i).reason()).isEqualTo(wanted.reason());
    }
    assertThat(answers).extracting(Identification::unknown).contains(true, false);
  }

  /** With the threshold in the widest gap between similarities. */
  private static Gallery separating(Gallery gallery) {
    var sorted =
        embeddings.stream().mapToDouble(x -> gallery.identify(x).similarity()).sorted().toArray();
    var widest = 1;
    for (var i = 2; i < sorted.length; i++) {
      if (sorted[i] - sorted[i - 1] > sorted[widest] - sorted[widest - 1]) {
        widest = i;
      }
    }
    return gallery.calibratedBy(new Fixed((sorted[widest] + sorted[widest - 1]) / 2));
  }

  @Test
  void enrolledImagesAreIdentifiedAndUnknownAgainOnceRemoved() {
    create(dark(new SimilarityRule.NearestTemplates(1)));
    var bright = embeddings.subList(10, 12);
    var enrolled = change(gallery -> gallery.enrolled("bright", bright));
    var renamed = change(gallery -> gallery.renamed("bright", "light"));
    var removed = change(gallery -> gallery.removed("light"));

    var probes = files.subList(10, 12);
    assertThat(identify(model.resolve("2"), probes)).allMatch(Identification::unknown);
    assertThat(identify(enrolled.directory(), probes)).allMatch(a -> a.identity().equals("bright"));
    assertThat(identify(renamed.directory(), probes)).allMatch(a -> a.identity().equals("light"));
    assertThat(identify(removed.directory(), probes))
        .allMatch(a -> a.unknown() && a.reason().equals("not_similar"));
    assertThat(identify(removed.directory(), files.subList(0, 2)))
        .allMatch(a -> a.identity().equals("dark"));
    assertThat(removed.version()).isEqualTo(5);
    assertThat(StoredGallery.read(removed.directory()).history()).hasSize(4);
  }

  @Test
  void theVersionPassesEveryCheckAndDecidesAsBefore() throws IOException {
    create(dark(new SimilarityRule.Centroid()));
    var version = change(gallery -> gallery.enrolled("bright", embeddings.subList(9, 12)));

    assertThat(ModelCheck.check(version.directory())).allMatch(Finding::ok);
    var description = Files.readString(version.directory().resolve("assets.extra/open_set.json"));
    assertThat(description).contains("\"version\": 3", "\"identities\": 2", "\"templates\": 5");
    try (var before = OpenSetClassifier.load(exported);
        var after = OpenSetClassifier.load(version.directory())) {
      var wanted = before.classifyEncoded(files);
      var answers = after.classifyEncoded(files);
      for (var i = 0; i < files.size(); i++) {
        assertThat(answers.get(i).unknownScore()).isEqualTo(wanted.get(i).unknownScore());
        assertThat(answers.get(i).label()).isEqualTo(wanted.get(i).label());
        assertThat(answers.get(i).embedding()).isEqualTo(wanted.get(i).embedding());
      }
      assertThat(after.threshold()).isEqualTo(before.threshold());
      assertThat(after.description()).isEqualTo(description);
    }
  }

  @Test
  void filesThatAreNoImageAreUnknownAndAnEmptyBatchIsEmpty() {
    var version = create(dark(new SimilarityRule.NearestTemplates(2)).calibratedBy(new Fixed(-1)));

    var answers =
        identify(
            version.directory(),
            List.of(
                new byte[] {1, 2, 3},
                files.get(0),
                new byte[0],
                Arrays.copyOf(files.get(0), files.get(0).length / 2)));

    assertThat(answers)
        .extracting(Identification::unknown)
        .containsExactly(true, false, true, true);
    assertThat(answers.get(3).reason()).isEqualTo("truncated");
    assertThat(answers.get(0).reason()).isEqualTo("not_an_image");
    assertThat(answers.get(2).similarity()).isEqualTo(-1);
    assertThat(answers.get(2).bestIdentity()).isEqualTo("unknown");
    assertThat(answers.get(1).bestIdentity()).isEqualTo("dark");
    try (var classifier = OpenSetClassifier.load(exported)) {
      var gallery = StoredGallery.read(version.directory()).gallery();
      var cut = Arrays.copyOf(files.get(0), files.get(0).length / 2);
      var inJava =
          classifier.classifyEncoded(List.of(cut, files.get(0))).stream()
              .map(gallery::identify)
              .toList();
      assertThat(inJava.get(0)).isEqualTo(answers.get(3));
      assertThat(inJava.get(1).identity()).isEqualTo(answers.get(1).identity());
    }
    assertThat(identify(version.directory(), List.of())).isEmpty();
  }

  @Test
  void aDamagedModelIsNotMadeGoodByEnrolling() throws IOException {
    Files.writeString(model.resolve("1/assets/labels.txt"), "a\nb\nc\nd\n");

    assertThatThrownBy(() -> create(dark(new SimilarityRule.Centroid())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is damaged: assets/labels.txt");
    assertThat(model.resolve("2")).doesNotExist();
  }

  @Test
  void aRefusedChangeLeavesNothingBehind() throws IOException {
    assertThatThrownBy(() -> change(gallery -> gallery)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(
            () ->
                create(
                    Gallery.of(
                        new SimilarityRule.Centroid(),
                        new Fixed(0),
                        List.of(Identity.of("a", List.of(new float[] {1, 2}))))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("have 2 numbers; the model gives");
    try (var children = Files.list(model)) {
      assertThat(children.map(child -> child.getFileName().toString()))
          .containsExactlyInAnyOrder("1", ".lock");
    }
  }

  @Test
  void onlyAVersionInAModelsDirectoryHasANext() throws IOException {
    Files.move(model.resolve("1"), copies.resolve("alone"));
    model = copies.resolve("alone");

    assertThatThrownBy(() -> create(dark(new SimilarityRule.Centroid())))
        .hasMessageContaining("is not a version in a model's directory");
  }
}
