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
import org.openmargin.data.DataException;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TrainingException;

/** A command that does not match a run folder loses none of its content. */
class ResumeTest {
  @TempDir Path folder;

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
  void imagesOtherThanTheTrainingImagesAreRefused() throws IOException {
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

  private static RunListener interruptingAfter(int steps) {
    var left = new AtomicInteger(steps);
    return new RunListener() {
      @Override
      public boolean interrupts() {
        return left.decrementAndGet() == 0;
      }
    };
  }

  private static Experiment noticed(Experiment experiment, List<String> notices) {
    return experiment.withNotices(notices::add);
  }

  private String metricsWithoutSpeed(Path run) throws IOException {
    return Files.readString(run.resolve("metrics.jsonl"))
        .replaceAll(",\"images_per_second\":[^}]*", "");
  }

  @Test
  void anInterruptedRunIsNotFinishedAndEndsAsIfNothingHadHappened() throws IOException {
    var whole = tiny().train(folder.resolve("whole"));
    whole.evaluate();
    var parts = folder.resolve("parts");
    var first =
        tiny().train(new TrainRequest(parts, Existing.REFUSE, List.of(interruptingAfter(2))));
    assertThat(first.provenance().getFinished()).isEmpty();
    var second = Experiment.of(parts).train(new TrainRequest(parts, Existing.RESUME, List.of()));
    second.evaluate();
    assertThat(second.provenance().getFinished()).isNotEmpty();
    assertThat(parts.resolve("evaluation.json"))
        .hasSameTextualContentAs(whole.files().evaluation());
    assertThat(metricsWithoutSpeed(parts)).isEqualTo(metricsWithoutSpeed(whole.files().path()));
  }

  @Test
  void anotherSpellingOfTheDataPathIsNoDifference() {
    tiny("runtime.images.cache_directory=cache").train(folder);
    var resume = new TrainRequest(folder, Existing.RESUME, List.of());
    assertThatThrownBy(
            () ->
                tiny("runtime.images.cache_directory=./x/../cache", "training.batch_size=8")
                    .train(resume))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("training.batch_size: ")
        .hasMessageNotContaining("cache_directory")
        .hasMessageNotContaining("runtime");
  }

  @Test
  void aFinishedRunCanBeTrainedLonger() {
    var notices = new ArrayList<String>();
    tiny().train(folder);
    var longer = noticed(Experiment.of(folder, "training.epochs=3"), notices);
    var run = longer.train(new TrainRequest(folder, Existing.RESUME, List.of()));
    assertThat(notices)
        .anyMatch(
            notice ->
                notice.startsWith(
                    "training goes on to 3 epochs instead of 1: the schedule of the"));
    assertThat(run.provenance().getExtendedList())
        .singleElement()
        .satisfies(
            extension -> {
              assertThat(extension.getEpochsBefore()).isEqualTo(1);
              assertThat(extension.getEpochs()).isEqualTo(3);
              assertThat(extension.getStep()).isPositive();
            });
    assertThat(run.evaluate().getCheckpoint().getEpoch()).isEqualTo(3);
    assertThat(Experiment.open(folder).evaluate().getCheckpoint().getEpoch()).isEqualTo(3);
    assertThatThrownBy(
            () ->
                Experiment.of(folder, "training.epochs=2")
                    .train(new TrainRequest(folder, Existing.RESUME, List.of())))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("only training.epochs can still be raised")
        .hasMessageContaining("training.epochs: 3 -> 2");
  }

  @Test
  void aDamagedNewestCheckpointFallsBackToTheOneBefore() throws IOException {
    var whole = tiny("training.epochs=2").train(folder.resolve("whole"));
    whole.evaluate();
    var damaged = folder.resolve("damaged");
    var run = tiny("training.epochs=2").train(damaged);
    var newest = new Checkpoints(run.files().checkpoints(), 1).newest().orElseThrow().folder();
    var weights = newest.resolve("variables.data-00000-of-00001");
    var bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertThatThrownBy(run::evaluate)
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("is damaged: variables.data-00000-of-00001 is not what was written");
    var notices = new ArrayList<String>();
    noticed(Experiment.of(damaged), notices)
        .train(new TrainRequest(damaged, Existing.RESUME, List.of()))
        .evaluate();
    assertThat(notices).anyMatch(notice -> notice.contains("and the intact ones are used"));
    assertThat(damaged.resolve("evaluation.json"))
        .hasSameTextualContentAs(whole.files().evaluation());
    assertThat(metricsWithoutSpeed(damaged)).isEqualTo(metricsWithoutSpeed(whole.files().path()));
  }

  @Test
  void aPrunedRunEvaluatesAsBefore() throws IOException {
    var run = tiny("training.epochs=3").train(folder);
    run.evaluate();
    var before = Files.readString(run.files().evaluation());
    var pruned = run.prune();
    assertThat(pruned.removed()).isNotEmpty();
    assertThat(pruned.bytes()).isPositive();
    assertThat(new Checkpoints(run.files().checkpoints(), 1).all()).hasSize(1);
    run.evaluate();
    assertThat(run.files().evaluation()).hasContent(before);
    assertThat(run.prune().removed()).isEmpty();
  }

  @Test
  void aFolderWithoutARunCannotBeResumedWithoutAnExperiment() {
    assertThatThrownBy(() -> Experiment.of(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("holds no run, so there is nothing to resume");
  }
}
