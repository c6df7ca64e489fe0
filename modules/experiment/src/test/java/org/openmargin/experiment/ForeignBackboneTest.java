package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.ConfigException;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.trainer.RunListener;

/** A model that Keras wrote as the backbone, from the experiment to the exported model. */
class ForeignBackboneTest {
  private static final Path KERAS = Path.of("../model/src/test/resources/keras-tiny");

  @TempDir Path folder;

  private Experiment foreign(String... overrides) {
    return foreign(KERAS, overrides);
  }

  private Experiment foreign(Path model, String... overrides) {
    var all =
        new ArrayList<>(
            List.of(
                "model.saved_model.path=" + model,
                "model.saved_model.zero_to_one={}",
                "runtime.images.cache_directory=" + folder.resolve("cache")));
    all.addAll(List.of(overrides));
    return tiny(all.toArray(String[]::new));
  }

  private Path run() {
    return folder.resolve("run");
  }

  private static TrainRequest resume(Path run) {
    return new TrainRequest(run, Existing.RESUME, List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss.omcl={}",
        "loss.softmax={}",
        "loss.normface={}",
        "loss.arcface={}",
        "loss.sphereface={}",
        "loss.gcpl={}",
        "loss.arpl={}",
        "loss.gaussian={}"
      })
  void everyHeadIsTrainedEvaluatedAndExportedWithProof(String loss) throws IOException {
    var run = foreign(loss).train(run());
    var report = run.evaluate();
    assertThat(report.getScorersList()).isNotEmpty();
    var exported = run.export(folder.resolve("savedmodels"));
    try (var classifier = OpenSetClassifier.load(exported)) {
      assertThat(classifier.classNames()).isEqualTo(report.getKnownClassesList());
    }
    var digest = run.provenance().getSavedModelSha256();
    assertThat(digest).hasSize(64);
    assertThat(Files.readString(exported.resolve("assets.extra/open_set.json"))).contains(digest);
  }

  @Test
  void embeddingsAreComputedOnceAndKept() throws IOException {
    var notices = new ArrayList<String>();
    foreign().withNotices(notices::add).train(run());
    assertThat(notices)
        .anyMatch(n -> n.startsWith("the backbone is frozen: its embeddings are computed once"))
        .anyMatch(n -> n.startsWith("128 embeddings are kept for later starts, too"));
    notices.clear();
    var other = foreign("loss.softmax={}").withNotices(notices::add);
    other.train(folder.resolve("other"));
    assertThat(notices)
        .anyMatch(n -> n.startsWith("128 embeddings read from "))
        .anyMatch(n -> n.startsWith("64 embeddings read from "))
        .noneMatch(n -> n.contains("are kept for later"));
    notices.clear();
    // Other pixels mean other embeddings.
    foreign("model.saved_model.raw={}").withNotices(notices::add).train(folder.resolve("raw"));
    assertThat(notices).noneMatch(n -> n.contains("embeddings read from"));
  }

  @Test
  void keptEmbeddingsGiveTheSameRun() throws IOException {
    var first = foreign().train(run());
    first.evaluate();
    var second = foreign().train(folder.resolve("second"));
    second.evaluate();
    assertThat(second.files().evaluation()).hasSameTextualContentAs(first.files().evaluation());
  }

  @Test
  void anInterruptedTrainingEndsAsIfNothingHadHappened() throws IOException {
    var whole = foreign("training.epochs=2").train(run());
    whole.evaluate();
    var left = new AtomicInteger(3);
    var interrupting =
        new RunListener() {
          @Override
          public boolean interrupts() {
            return left.decrementAndGet() == 0;
          }
        };
    var parts = folder.resolve("parts");
    foreign("training.epochs=2")
        .train(new TrainRequest(parts, Existing.REFUSE, List.of(interrupting)));
    var resumed = Experiment.of(parts).train(resume(parts));
    resumed.evaluate();
    assertThat(resumed.files().evaluation()).hasSameTextualContentAs(whole.files().evaluation());
    assertThat(resumed.provenance().getSavedModelSha256())
        .isEqualTo(whole.provenance().getSavedModelSha256());
  }

  @Test
  void allScorersOfEmbeddingsWorkAndThoseOfStagesSayWhatTheyLack() {
    var run =
        foreign("scoring.features={maps: [] stain_statistics {}}", "loss.softmax={}").train(run());
    assertThat(run.evaluate(new ScorerChoice.All()).getScorersList())
        .extracting(s -> s.getName())
        .contains("max_logit", "mahalanobis", "knn", "vim", "openmax", "layer_gaussian");
    assertThatThrownBy(
            () -> foreign("scoring.features={maps: [\"stage1\"]}").train(folder.resolve("stages")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("scoring.features: the backbone has no feature map");
  }

  private Path copy() throws IOException {
    var copy = folder.resolve("copy");
    for (var name :
        List.of(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001")) {
      Files.createDirectories(copy.resolve(name).getParent());
      Files.copy(KERAS.resolve(name), copy.resolve(name));
    }
    return copy;
  }

  @Test
  void aModelThatChangedSinceTrainingIsRefused() throws IOException {
    var copy = copy();
    var run = foreign(copy).train(run());
    var data = copy.resolve("variables/variables.data-00000-of-00001");
    var bytes = Files.readAllBytes(data);
    bytes[8] ^= 1;
    Files.write(data, bytes);
    assertThatThrownBy(run::evaluate)
        .isInstanceOf(RunException.class)
        .hasMessageContaining("this is not the model that " + run() + " was trained on");
    assertThatThrownBy(() -> run.export(folder.resolve("models")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("this is not the model");
    assertThatThrownBy(() -> Experiment.of(run(), "training.epochs=3").train(resume(run())))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("this is not the model");
    // The same model elsewhere is the same.
    Experiment.open(run(), "model.saved_model.path=" + KERAS).evaluate();
    Files.delete(copy.resolve("saved_model.pb"));
    assertThatThrownBy(run::evaluate)
        .isInstanceOf(RunException.class)
        .hasMessageContaining("holds no saved_model.pb");
  }

  @Test
  void thePlaceOfTheModelIsNotPartOfTheDigest() {
    assertThat(Experiments.digest(foreign(Path.of("a")).config()))
        .isEqualTo(Experiments.digest(foreign(Path.of("b")).config()))
        .isNotEqualTo(
            Experiments.digest(foreign(Path.of("b"), "model.saved_model.raw={}").config()));
  }

  @Test
  void whatCannotBeIsSaidBeforeTheRunExists() {
    said(foreign(folder.resolve("none")), "model.saved_model: there is no such folder");
    said(
        foreign("model.saved_model.signature=embed"),
        "model: saved_model: there is no signature 'embed'; it has serve, serving_default");
    said(
        foreign("model.saved_model.sha256=" + "0".repeat(64)),
        "model.saved_model: the model in " + KERAS + " has digest ");
    said(foreign("training.frozen=[stem]"), "need a backbone with stages");
    assertThatThrownBy(() -> foreign("model.saved_model.signature=embed").requireTrainable())
        .isInstanceOf(RunException.class);
    assertThatThrownBy(() -> foreign().profile(ProfileRequest.in(folder.resolve("profile"))))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("embeddings of a frozen backbone");
  }

  private void said(Experiment experiment, String words) {
    assertThatThrownBy(() -> experiment.train(run()))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(words);
    assertThat(run()).doesNotExist();
  }

  @Test
  void whatNeedsATrainedBackboneIsAProblemOfTheText() {
    refused("model.saved_model.path=", "give the folder of a SavedModel, for example --set");
    refused("training.open_samples={kinds: [BLUR]}", "are computed once, from images as they are");
    refused("training.mixup={}", "are computed once, from images as they are");
    refused("loss.dias={}", "train a generator through the backbone");
    refused("loss.arpl={confusing_samples {}}", "train a generator through the backbone");
    refused("model.initial_weights={path: \"x\"}", "needs a backbone whose weights are trained");
    assertThatThrownBy(() -> tiny("model.saved_model={path: \"x\"}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("give one of raw, zero_to_one, minus_one_to_one, mean_and_deviation");
  }

  private void refused(String override, String words) {
    assertThatThrownBy(() -> foreign(override))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(words);
  }
}
