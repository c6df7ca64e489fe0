package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.Experiments;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;

class InitialWeightsExperimentTest {
  private static final String FROZEN = "training.frozen=[stem, stage1, stage2, stage3]";

  @TempDir Path folder;

  private static String from(Path path) {
    return "model.initial_weights.path=" + path;
  }

  @Test
  void aRunAndItsExportGiveTheSameStart() {
    var first = tiny().train(folder.resolve("first"));
    first.evaluate();
    var model = first.export(folder.resolve("models"));
    var notices = new ArrayList<String>();
    var ofRun =
        tiny(from(first.files().path()), FROZEN)
            .withNotices(notices::add)
            .train(folder.resolve("of-run"));
    var ofModel = tiny(from(model.getParent()), FROZEN).train(folder.resolve("of-model"));
    assertThat(notices).anyMatch(notice -> notice.startsWith("the backbone starts from "));
    var digest = ofRun.provenance().getInitialWeightsSha256();
    assertThat(digest).hasSize(64);
    assertThat(ofModel.provenance().getInitialWeightsSha256()).isEqualTo(digest);
    assertThat(first.provenance().getInitialWeightsSha256()).isEmpty();
    // A frozen backbone is a start with the same values.
    var third = tiny(from(ofRun.files().path())).train(folder.resolve("third"));
    assertThat(third.provenance().getInitialWeightsSha256()).isEqualTo(digest);
    assertThatThrownBy(
            () ->
                tiny(from(model), "model.initial_weights.sha256=" + "0".repeat(64))
                    .train(folder.resolve("other")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("have digest " + digest + ", not 000");
  }

  @Test
  void aResumeKeepsTheDigestAndDoesNotReadTheFile() {
    var first = tiny().train(folder.resolve("first"));
    var run = folder.resolve("run");
    var digest = tiny(from(first.files().path())).train(run).provenance().getInitialWeightsSha256();
    var moved = Experiment.of(run, from(folder.resolve("gone")), "training.epochs=2");
    var longer = moved.train(new TrainRequest(run, Existing.RESUME, List.of()));
    assertThat(longer.provenance().getInitialWeightsSha256()).isEqualTo(digest);
  }

  @Test
  void whatDoesNotFitIsSaidBeforeTheRunExists() {
    var run = folder.resolve("run");
    assertThatThrownBy(() -> tiny(from(folder.resolve("none"))).train(run))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("model.initial_weights: there is no such file or folder: ");
    assertThatThrownBy(() -> tiny("training.frozen=[stage9]").train(run))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "training.frozen: there is no stage 'stage9'; the stages of this backbone are stem, stage1, stage2, stage3");
    assertThat(run).doesNotExist();
  }

  @Test
  void theStartIsPartOfTheDigestButNotItsPlace() {
    var without = tiny();
    var one = tiny(from(Path.of("a")));
    var two = tiny(from(Path.of("b")));
    assertThat(digest(one)).isEqualTo(digest(two)).isNotEqualTo(digest(without));
  }

  private static String digest(Experiment experiment) {
    return Experiments.digest(experiment.config());
  }
}
