package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Images;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.model.ResNet;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.report.EvaluationText;
import org.openmargin.runtime.NativeLibraries;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;

class ExperimentTest {
  private static final Path EXPERIMENTS = Path.of("../../proto/experiments");
  private static final Path TINY = EXPERIMENTS.resolve("synthetic/tiny.textproto");

  @TempDir Path folder;

  private static Experiment tiny(String... overrides) {
    var all = new ArrayList<>(List.of("training.epochs=1", "runtime.deterministic=true"));
    all.addAll(List.of(overrides));
    return Experiment.read(TINY, all.toArray(String[]::new)).withNotices(notice -> {});
  }

  @Test
  void trainsEvaluatesAndExports() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    var report = run.evaluate();
    assertThat(report.getAcc()).isBetween(0.0, 1.0);
    assertThat(report.getScorersList())
        .extracting(s -> s.getName())
        .containsExactly(
            "max_probability_open", "max_probability_closed", "max_logit", "energy", "max_cosine");
    assertThat(report.getSelectedScorer()).isEqualTo("max_probability_open");
    assertThat(report.getAuroc()).isEqualTo(report.getScorers(0).getAuroc());
    for (var file :
        List.of(
            "experiment.textproto",
            "provenance.json",
            "metrics.jsonl",
            "predictions.csv",
            "evaluation.json",
            "report.html")) {
      assertThat(folder.resolve("run").resolve(file)).isNotEmptyFile();
    }
    assertThat(Files.readString(run.files().evaluation()))
        .contains("\"acc\":", "\"oscrArplCompatible\":", "\"fprAt95Tpr\":", "\"selectedScorer\":")
        .contains("\"ece\":", "\"augrc\":", "\"intervals\":", "\"low\":", "\"resamples\": 1000");
    var model = run.export(folder.resolve("savedmodels"));
    assertThat(model.getFileName()).hasToString("1");
    assertThat(run.export(folder.resolve("savedmodels")).getFileName()).hasToString("2");
    try (var classifier = OpenSetClassifier.load(model)) {
      assertThat(classifier.classNames()).isEqualTo(report.getKnownClassesList());
    }
  }

  @Test
  void everyScorerThatTheHeadAllowsIsReportedWhenAsked() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    var usual = run.evaluate();
    var all = run.evaluate(ScorerChoice.parse("All"));
    assertThat(names(all))
        .containsExactly(
            "max_probability_open",
            "max_probability_closed",
            "max_logit",
            "energy",
            "max_cosine",
            "entropy",
            "prototype_distance",
            "mahalanobis",
            "relative_mahalanobis",
            "knn",
            "vim",
            "openmax",
            "react",
            "gen",
            "odin",
            "gaussian_density",
            "nnguide");
    assertThat(all.toBuilder().clearScorers().build())
        .as("which scorer decides, and how, does not depend on what else is reported")
        .isEqualTo(usual.toBuilder().clearScorers().build());
    assertThat(all.getScorersList()).containsAll(usual.getScorersList());
    assertThat(Files.readString(run.files().predictions())).contains(",knn,vim,openmax,react,gen,");
    assertThat(Files.readString(run.files().report()))
        .contains("<code>relative_mahalanobis</code>");
    assertThat(names(run.evaluate(ScorerChoice.parse("knn, Odin,KNN"))))
        .containsExactly("knn", "odin", "max_probability_open");
  }

  private static List<String> names(EvaluationReport report) {
    return report.getScorersList().stream().map(scorer -> scorer.getName()).toList();
  }

  @Test
  void aFittedScorerDecidesAndIsExported() {
    tiny("loss.softmax={}").train(folder.resolve("run"));
    var run = Experiment.open(folder.resolve("run"), "scoring.selected=VIM");
    var report = run.evaluate(ScorerChoice.parse("all"));
    assertThat(report.getSelectedScorer()).isEqualTo("vim");
    assertThat(names(report))
        .contains("react")
        .doesNotContain("max_cosine", "max_probability_open");
    for (var scorer : List.of("VIM", "KNN", "OPENMAX", "NNGUIDE")) {
      var decided = Experiment.open(folder.resolve("run"), "scoring.selected=" + scorer);
      decided.evaluate();
      var model = decided.export(folder.resolve("savedmodels"));
      assertThat(model.resolve("assets.extra/open_set.json"))
          .content()
          .contains("\"name\": \"" + scorer.toLowerCase(Locale.ROOT) + "\"");
    }
  }

  @Test
  void aRehearsalLooksAtNothingButKnownTrainingAndValidationImages() {
    var cells =
        "data.synthetic_cells={ train_images_per_class: 100 validation_images_per_class: 7 }";
    var classes = new String[] {"data.known_classes=0,2", "data.rehearsal={ classes: [0, 2, 5] }"};
    var run = tiny(cells, classes[0], classes[1]).train(folder.resolve("run"));
    var report = run.evaluate();
    assertThat(report.getUnknownClassesList()).hasSize(1);
    var counts = report.getCounts();
    assertThat(counts.getTrain()).isEqualTo(2 * 90);
    assertThat(counts.getValidation()).isEqualTo(2 * 10);
    assertThat(counts.getKnownTest()).isEqualTo(2 * 7);
    assertThat(counts.getUnknownTest()).isEqualTo(7);
    assertThat(EvaluationText.lines(report).get(0)).startsWith("a rehearsal: validation images");
    assertThat(folder.resolve("run/report.html")).content().contains("a rehearsal: validation images stand for test images");
  }

  @Test
  void scorersThatTheHeadCannotHaveAreRefusedWhenNamed() {
    var run = tiny("loss.gcpl={}").train(folder.resolve("run"));
    assertThat(names(run.evaluate(ScorerChoice.parse("all")))).doesNotContain("vim", "react");
    assertThatThrownBy(() -> run.evaluate(ScorerChoice.parse("react")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "react needs a dense or a cosine head; the logits of this one are neither");
    assertThatThrownBy(() -> run.evaluate(ScorerChoice.parse("max_cosine")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("max_cosine needs a cosine head");
    assertThatThrownBy(() -> ScorerChoice.parse("knn,mahalonobis"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "there is no scorer 'mahalonobis'; give all, or a comma-separated list of max_prob")
        .hasMessageContaining("relative_mahalanobis, knn, vim");
    assertThatThrownBy(() -> ScorerChoice.parse("")).hasMessageContaining("no scorer ''");
  }

  @Test
  void aServedFileIsSeenAsTheTrainingSawIt() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    run.evaluate();
    var cells = new SyntheticCells(new SyntheticCells.Settings(90, 1, 1, 1, 5)).load();
    try (var classifier = OpenSetClassifier.load(run.export(folder.resolve("savedmodels")))) {
      for (var format : List.of("jpg", "png")) {
        var file = encoded(cells.test().images(), format);
        var seen = ImageFiles.decode(file, 3).preprocessed(ImageGeometry.square(32));
        var pixels = new byte[seen.bytesPerImage()];
        seen.copyTo(0, pixels, 0);
        var trained = classifier.classify(pixels, 32, 32);
        var served = classifier.classifyEncoded(List.of(file)).get(0);
        assertThat(served.embedding()).as(format).isEqualTo(trained.embedding());
        assertThat(served.unknownScore()).as(format).isEqualTo(trained.unknownScore());
      }
    }
  }

  @Test
  void aTurnedImageIsAnsweredAlikeByAModelOfEightViews() throws IOException {
    var single = tiny().train(folder.resolve("run"));
    var report = single.evaluate();
    var run = Experiment.open(folder.resolve("run"), "scoring.views=DIHEDRAL");
    assertThatThrownBy(() -> run.export(folder.resolve("savedmodels")))
        .as("what was evaluated is the single view")
        .isInstanceOf(ModelException.class);
    assertThat(run.evaluate().getAuroc()).isNotEqualTo(report.getAuroc());
    var model = run.export(folder.resolve("savedmodels"));
    assertThat(model.resolve("assets.extra/open_set.json")).content().contains("\"views\": 8");
    var cells = new SyntheticCells(new SyntheticCells.Settings(32, 1, 1, 1, 5)).load();
    var pixels = new byte[32 * 32 * 3];
    cells.test().images().copyTo(0, pixels, 0);
    try (var classifier = OpenSetClassifier.load(model)) {
      var answer = classifier.classify(pixels, 32, 32);
      var turned = classifier.classify(turned(pixels, 32), 32, 32);
      assertThat(turned.label()).isEqualTo(answer.label());
      assertThat(turned.unknownScore()).isCloseTo(answer.unknownScore(), within(1e-4));
    }
  }

  /** By a quarter, against the clock. */
  private static byte[] turned(byte[] pixels, int size) {
    var turned = new byte[pixels.length];
    for (var row = 0; row < size; row++) {
      for (var column = 0; column < size; column++) {
        var from = 3 * (column * size + size - 1 - row);
        System.arraycopy(pixels, from, turned, 3 * (row * size + column), 3);
      }
    }
    return turned;
  }

  @Test
  void viewsThatTheImagesDoNotHaveAreRefusedBeforeTheTraining() {
    var run = folder.resolve("run");
    var oblong = new ImageGeometry(OptionalInt.empty(), 8, 12);
    var experiment =
        tiny("data.custom.name=oblong", "data.image_size_px=0", "scoring.views=DIHEDRAL")
            .withDataSource("oblong", parameters -> () -> ownCells().load().preprocessed(oblong));
    assertThatThrownBy(() -> experiment.train(run))
        .isInstanceOf(RunException.class)
        .hasMessage("scoring.views: DIHEDRAL views need square images, these are 8 x 12");
    assertThat(run.resolve("checkpoints")).doesNotExist();
  }

  private static byte[] encoded(Images images, String format) throws IOException {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(0, pixels, 0);
    var picture = new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_INT_RGB);
    for (var i = 0; i < pixels.length; i += 3) {
      var rgb = new Color(pixels[i] & 255, pixels[i + 1] & 255, pixels[i + 2] & 255).getRGB();
      picture.setRGB(i / 3 % images.width(), i / 3 / images.width(), rgb);
    }
    var file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, file)).isTrue();
    return file.toByteArray();
  }

  @Test
  void aRunIsOpenedAgainAndEvaluatesToTheSameNumbers() {
    var report = tiny().train(folder.resolve("run")).evaluate();
    assertThat(Experiment.open(folder.resolve("run")).evaluate()).isEqualTo(report);
  }

  @Test
  void imagesThatDoNotFitAreStreamedAndGiveTheSameNumbers() throws IOException {
    var notices = new ArrayList<String>();
    var streamed = tiny("runtime.images.resident_limit_mib=0", "runtime.images.reader_threads=3");
    var run = streamed.withNotices(notices::add).train(folder.resolve("streamed"));
    var resident = tiny().train(folder.resolve("resident"));
    assertThat(notices).contains("training images: 1 MiB, streamed by 3 threads, 8 batches ahead");
    assertThat(run.evaluate()).isEqualTo(resident.evaluate());
    assertThat(Files.readString(run.files().predictions()))
        .isEqualTo(Files.readString(resident.files().predictions()));
  }

  @Test
  void aFolderOfImagesThatDoNotFitIsDecodedToTheCacheFolderOnce() throws IOException {
    var cells = new SyntheticCells(new SyntheticCells.Settings(40, 12, 4, 4, 5)).load().train();
    for (var i = 0; i < cells.count(); i++) {
      var file = folder.resolve("images/class %d/%d.png".formatted(cells.labels()[i], i));
      Files.createDirectories(file.getParent());
      Files.write(file, encoded(cells.images().select(new int[] {i}), "png"));
    }
    var cache = folder.resolve("cache");
    var notices = new ArrayList<String>();
    var experiment =
        tiny(
                "data.folder.path=" + folder.resolve("images"),
                "data.folder.validation_fraction=0.42",
                "training.batch_size=16",
                "runtime.images.resident_limit_mib=0",
                "runtime.images.cache_directory=" + cache)
            .withNotices(notices::add);
    var run = experiment.train(folder.resolve("run"));
    run.evaluate();
    try (var files = Files.list(cache)) {
      var file = files.filter(f -> f.toString().endsWith(".pixels")).findFirst().orElseThrow();
      assertThat(notices)
          .contains(
              "96 decoded images do not fit into memory (limit 0 MiB); writing them once, 1 MiB, to "
                  + file,
              "96 decoded images read from " + file);
    }
  }

  @Test
  void aFolderThatHoldsARunIsNotTouched() throws IOException {
    tiny().train(folder);
    var before = Files.readString(folder.resolve("provenance.json"));
    assertThatThrownBy(() -> tiny().train(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("already holds a run");
    assertThat(Files.readString(folder.resolve("provenance.json"))).isEqualTo(before);
  }

  @Test
  void aResumeFromAnotherExperimentIsRefused() {
    tiny().train(folder);
    var resume = new TrainRequest(folder, Existing.RESUME, List.of());
    assertThatThrownBy(() -> tiny("loss.omcl.threshold=0.2").train(resume))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("loss.omcl.threshold: 0.1 -> 0.2");
  }

  @Test
  void settingsOfATrainedRunAreRefused() {
    tiny().train(folder);
    assertThatThrownBy(() -> Experiment.open(folder, "data.synthetic_cells.seed=1"))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(folder + " was trained with other settings")
        .hasMessageEndingWith("data.synthetic_cells.seed: 0 -> 1");
  }

  @Test
  void otherImagesThanThoseOfTheTrainingAreRefused() throws IOException {
    var run = tiny().train(folder);
    var provenance = run.files().provenance();
    var other =
        Files.readString(provenance).replaceFirst("dataSha256\": \"\\w+", "dataSha256\": \"0");
    Files.writeString(provenance, other);
    assertThatThrownBy(run::evaluate)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the images are not those that " + folder + " was trained on");
  }

  @Test
  void aResumeThatIsRefusedLeavesTheResults() throws IOException {
    var run = tiny().train(folder);
    run.evaluate();
    var provenance = run.files().provenance();
    var resume = new TrainRequest(folder, Existing.RESUME, List.of());
    var other =
        Files.readString(provenance).replaceFirst("dataSha256\": \"\\w+", "dataSha256\": \"0");
    Files.writeString(provenance, other);
    assertThatThrownBy(() -> tiny().train(resume)).isInstanceOf(DataException.class);
    assertThat(run.files().evaluation()).isNotEmptyFile();
  }

  @Test
  void anExportThatDiffersFromTheEvaluationIsRefused() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    run.evaluate();
    var lines = new ArrayList<>(Files.readAllLines(run.files().predictions()));
    var last = lines.get(5);
    lines.set(5, last.substring(0, last.lastIndexOf(',')) + ",123.5");
    Files.write(run.files().predictions(), lines);
    assertThatThrownBy(() -> run.export(folder.resolve("savedmodels")))
        .isInstanceOf(ModelException.class);
    assertThat(folder.resolve("savedmodels/tiny/1")).doesNotExist();
  }

  @Test
  void aRunWithoutEvaluationIsNotExported() {
    var run = tiny().train(folder.resolve("run"));
    assertThatThrownBy(() -> run.export(folder.resolve("savedmodels")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("has not been evaluated yet");
  }

  @Test
  void aGpuThatIsNotThereIsAnError() {
    assumeFalse(NativeLibraries.load().gpuBuild(), "this build may find a GPU");
    assertThatThrownBy(() -> tiny("runtime.device=GPU").train(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("runtime.device is GPU, but TensorFlow can use only [CPU:0]")
        .hasMessageContaining("this is TensorFlow's build for the CPU");
    assertThat(folder.resolve("experiment.textproto")).doesNotExist();
  }

  @Test
  void whichDeviceWasChosenIsSaidAndKept() throws IOException {
    var notices = new ArrayList<String>();
    tiny("runtime.device=CPU").withNotices(notices::add).train(folder);
    assertThat(notices).containsExactly("device: CPU (asked for: CPU)");
    assertThat(Files.readString(folder.resolve("provenance.json")))
        .contains("\"device\": \"CPU\"", "\"devices\": [\"CPU:0\"]");
  }

  @Test
  void theChoiceOfADeviceComesWithItsReason() {
    assumeFalse(NativeLibraries.load().gpuBuild(), "this build may find a GPU");
    var notices = new ArrayList<String>();
    tiny().withNotices(notices::add).train(folder);
    assertThat(notices)
        .containsExactly("device: CPU (asked for: AUTO; this is TensorFlow's build for the CPU)");
  }

  @Test
  void xlaTrainsOnTheCpuToo() {
    var report = tiny("runtime.xla=true").train(folder).evaluate();
    assertThat(report.getAcc()).isBetween(0.0, 1.0);
  }

  @Test
  void aUsersOwnLossBackboneAndDataAreBoundFromOutside() {
    var asked = new ArrayList<String>();
    var report =
        tiny(
                "loss.custom.name=mine",
                "loss.custom.parameters.smoothing=0.1",
                "model.custom.name=narrow",
                "data.custom.name=drawn")
            .withLoss("mine", (classes, parameters) -> ownLoss(classes, parameters, asked))
            .withBackbone(
                "narrow",
                parameters -> new ResNet(ResNet.Stem.SMALL_3X3, List.of(1, 1), 4, ResNet.NORM))
            .withDataSource("drawn", parameters -> ownCells())
            .train(folder)
            .with(e -> e)
            .evaluate();
    assertThat(asked).containsOnly("4 classes, smoothing 0.1");
    assertThat(report.getScorersList())
        .extracting(s -> s.getName())
        .containsExactly("max_probability_closed", "max_logit", "energy");
  }

  private static OpenSetLoss ownLoss(
      int classes, Map<String, String> parameters, List<String> asked) {
    asked.add(classes + " classes, smoothing " + parameters.get("smoothing"));
    var smoothing = Double.parseDouble(parameters.get("smoothing"));
    return new SoftmaxCrossEntropy(classes, smoothing, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES);
  }

  private static DataSource ownCells() {
    return new SyntheticCells(new SyntheticCells.Settings(12, 20, 10, 5, 3));
  }

  @Test
  void aPartThatNobodyBoundIsNamed() {
    assertThatThrownBy(
            () ->
                tiny("loss.custom.name=mine")
                    .withLoss("yours", (c, p) -> ownLoss(c, p, new ArrayList<>()))
                    .train(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("loss.custom.name: nothing is bound under 'mine'; bound are [yours]");
  }

  @Test
  void everyShippedExperimentIsWired() throws IOException {
    try (var files = Files.walk(EXPERIMENTS)) {
      var all = files.filter(file -> file.toString().endsWith(".textproto")).toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo(7);
      for (var file : all) {
        var path =
            Files.readString(file).contains("npz {")
                ? new String[] {"data.npz.path=some.npz"}
                : Files.readString(file).contains("folder {")
                    ? new String[] {"data.folder.path=some"}
                    : new String[0];
        var recipe = Experiment.read(file, path).recipe();
        assertThat(recipe.parts().backbone().embeddingSize()).as(file.toString()).isPositive();
      }
    }
  }

  @Test
  void problemsOfAnExperimentComeAllAtOnce() {
    assertThatThrownBy(() -> tiny("training.epochs=0", "loss.omcl.threshold=7"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.epochs")
        .hasMessageContaining("loss.omcl.threshold");
  }
}
