package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.config.text.ConfigException;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.model.ResNet;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TrainingException;

/** Statistics of the pixels and one Gaussian per class: no network, no steps, the same files. */
class FloorTest {
  @TempDir Path folder;

  private static Experiment floor(String... overrides) {
    var all = new ArrayList<>(List.of("model.stain_statistics={}", "loss.gaussian={}"));
    all.addAll(List.of(overrides));
    return tiny(all.toArray(String[]::new));
  }

  private Path run() {
    return folder.resolve("run");
  }

  @Test
  void isFittedEvaluatedAndExportedWithProof() throws IOException {
    var notices = new ArrayList<String>();
    var run = floor("training.epochs=7").withNotices(notices::add).train(run());
    assertThat(notices).anyMatch(notice -> notice.startsWith("the head is fitted in one pass"));
    var report = run.evaluate();
    assertThat(report.getAcc()).isGreaterThan(0.5);
    assertThat(report.getSelectedScorer()).isEqualTo("max_logit");
    assertThat(report.getScorerSelection()).isEqualTo("the default of Gaussian heads");
    assertThat(Files.readAllLines(run.files().metrics()))
        .singleElement()
        .asString()
        .startsWith("{\"kind\":\"validation\",\"step\":1,\"epoch\":1,");
    assertThat(run().resolve("report.html")).isNotEmptyFile();
    try (var classifier = OpenSetClassifier.load(run.export(folder.resolve("savedmodels")))) {
      assertThat(classifier.classNames()).isEqualTo(report.getKnownClassesList());
    }
  }

  @Test
  void augmentationAndEpochsChangeNothing() {
    var plain = floor().train(run()).evaluate();
    var other =
        floor("training.epochs=9", "training.augmentation.horizontal_flip=true", "runtime.seed=3")
            .train(folder.resolve("other"))
            .evaluate();
    assertThat(other.getAuroc()).isEqualTo(plain.getAuroc());
    assertThat(other.getAcc()).isEqualTo(plain.getAcc());
  }

  @Test
  void shrinkageChangesTheScores() {
    var some = floor().train(run()).evaluate();
    var full = floor("loss.gaussian.shrinkage_share=1").train(folder.resolve("full")).evaluate();
    assertThat(full.getAuroc()).isNotEqualTo(some.getAuroc());
  }

  @Test
  void aFinishedRunIsNotFittedAgain() {
    floor().train(run());
    var notices = new ArrayList<String>();
    floor().withNotices(notices::add).train(new TrainRequest(run(), Existing.RESUME, List.of()));
    assertThat(notices).anyMatch(notice -> notice.contains("is already fully trained"));
  }

  @Test
  void listenersSeeOneEpochOfOneStep() {
    var seen = new ArrayList<Object>();
    var listener =
        new RunListener() {
          @Override
          public void started(Start start) {
            seen.add(start.epochs());
            seen.add(start.steps());
          }

          @Override
          public Verdict validated(Validation validation) {
            assertThat(validation.trainLoss()).isFinite();
            seen.add(validation.at().step());
            return Verdict.GO_ON;
          }
        };
    floor().train(new TrainRequest(run(), Existing.REFUSE, List.of(listener)));
    assertThat(seen).containsExactly(1, 1L, 1L);
  }

  @Test
  void everyScorerThatFitsIsReported() {
    var run = floor().train(run());
    var report = run.evaluate(new ScorerChoice.All());
    assertThat(report.getScorersList())
        .extracting(s -> s.getName())
        .contains("max_logit", "mahalanobis", "knn", "gaussian_density", "openmax")
        .doesNotContain("vim", "react", "max_cosine");
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 40})
  void takesAnySizeFrom14Pixels(int size) {
    var report = floor("data.image_size_px=" + size).train(run()).evaluate();
    assertThat(report.getAcc()).isGreaterThan(0.5);
  }

  @Test
  void isRefusedWithAReasonBeforeAnythingIsTrained() {
    assertThatThrownBy(() -> tiny("loss.gaussian={}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("needs a backbone without weights, such as model.stain_statistics");
    assertThatThrownBy(() -> floor("data.image_size_px=13"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be at least 14");
    assertThatThrownBy(() -> floor("scoring.selected=VIM"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not a distance head");
    var single = floor("data.synthetic_cells.train_images_per_class=1");
    assertThatThrownBy(() -> single.train(run()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("has 1 training images; this head needs at least 2 of each known");
    assertThat(run()).doesNotExist();
  }

  @Test
  void aBackboneOfOnesOwnWithWeightsIsRefused() {
    var own =
        floor("model.custom.name=mine")
            .withBackbone("mine", p -> ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM));
    assertThatThrownBy(() -> own.train(run()))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("the backbone has weights, such as backbone.");
  }

  @Test
  void thereIsNothingToProfile() {
    var request = ProfileRequest.in(folder.resolve("profile"));
    assertThatThrownBy(() -> floor().profile(request))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("there are no training steps");
    assertThat(folder.resolve("profile")).doesNotExist();
  }
}
