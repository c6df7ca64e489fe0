package org.openmargin.experiment;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageSizes;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.folder.TrainingState;
import org.openmargin.experiment.provenance.RunStart;
import org.openmargin.experiment.provenance.TrainingImageSizes;
import org.openmargin.experiment.transfer.FrozenNetwork;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.runtime.Machine;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Trainer;

/** Where a run's numbers come from: the content of provenance.json. */
public record RunProvenance(Provenance message) {
  static RunProvenance started(
      ExperimentConfig config, Dataset dataset, TensorFlowRuntime runtime) {
    var start = new RunStart(config, dataset, runtime).provenance();
    return new RunProvenance(start.setStarted(now()).build());
  }

  /**
   * @throws RunException if it is missing or damaged
   */
  static RunProvenance read(RunFolder files) {
    var builder = Provenance.newBuilder();
    JsonMessage.read(files.provenance(), builder);
    if (builder.getDataSha256().isEmpty()) {
      throw new RunException(files.provenance() + " is damaged: it has no dataSha256");
    }
    return new RunProvenance(builder.build());
  }

  void write(RunFolder files) {
    files.write(files.provenance(), JsonMessage.text(message));
  }

  /** For a process that resumes training; not the foreign network, which is read again. */
  RunProvenance resuming(RunProvenance before) {
    var resumed =
        message.toBuilder()
            .setStarted(before.message.getStarted())
            .addAllResumed(before.message.getResumedList())
            .addResumed(message.getStarted())
            .addAllExtended(before.message.getExtendedList())
            .addAllRecovered(before.message.getRecoveredList());
    return new RunProvenance(resumed.build())
        .startingFrom(before.message.getInitialWeightsSha256());
  }

  /** Notes the sizes of training images before they are resized. */
  RunProvenance seeing(ImageSizes sizes) {
    var noted = TrainingImageSizes.noted(sizes);
    return new RunProvenance(message.toBuilder().setTrainingImageSizes(noted).build());
  }

  /** Sizes of training images for people and programs; empty if they are not noted. */
  Map<String, Object> trainingImages() {
    return message.hasTrainingImageSizes()
        ? TrainingImageSizes.table(message.getTrainingImageSizes())
        : Map.of();
  }

  /** Notes the digest of weights from elsewhere; empty if there are none. */
  RunProvenance startingFrom(String sha256) {
    return sha256.isEmpty()
        ? this
        : new RunProvenance(message.toBuilder().setInitialWeightsSha256(sha256).build());
  }

  /** Notes the digest of a foreign network; empty if there is none. */
  RunProvenance on(FrozenNetwork network) {
    return new RunProvenance(message.toBuilder().setSavedModelSha256(network.sha256()).build());
  }

  /**
   * @throws RunException if the foreign network is not that of the run
   */
  void requireSame(RunFolder files, FrozenNetwork network) {
    network.requireSame(message.getSavedModelSha256(), files.path());
  }

  /**
   * Notes that training goes on beyond its former last epoch.
   *
   * @param step where it goes on
   */
  RunProvenance extended(long step, int before, int epochs) {
    var extension =
        Provenance.Extension.newBuilder().setStep(step).setEpochsBefore(before).setEpochs(epochs);
    return new RunProvenance(message.toBuilder().addExtended(extension).build());
  }

  /**
   * Notes the weights that evaluation and export use.
   *
   * @param sha256 of the weights
   * @param selectedBy what selected the checkpoint
   */
  RunProvenance with(String sha256, String selectedBy, Checkpoint.State state) {
    var checkpoint =
        Provenance.SelectedCheckpoint.newBuilder()
            .setSelectedBy(selectedBy)
            .setStep(state.step())
            .setEpoch(state.epoch());
    if (state.isValidated()) {
      checkpoint.setValidationAccuracy(state.validationAccuracy());
    }
    return new RunProvenance(
        message.toBuilder().setWeightsSha256(sha256).setCheckpoint(checkpoint).build());
  }

  /** After training; an interrupted one is not finished. */
  RunProvenance ended(Trainer.Outcome outcome) {
    return outcome.end() == Trainer.End.INTERRUPTED ? withPeakMemory() : finished(outcome);
  }

  private RunProvenance finished(Trainer.Outcome outcome) {
    var finished = withPeakMemory().message.toBuilder().setFinished(now());
    if (outcome.end() == Trainer.End.EARLY) {
      finished.setStoppedEarlyEpoch(outcome.newest().state().epoch());
    }
    if (outcome.stepsRun() > 0) {
      var begin = ManagementFactory.getRuntimeMXBean().getStartTime();
      finished
          .setTrainSeconds(outcome.seconds())
          .setImagesPerSecond(outcome.imagesPerSecond())
          .setSecondsToFirstStep((outcome.firstStepMillis() - begin) / 1e3);
    }
    return new RunProvenance(finished.build());
  }

  RunProvenance withPeakMemory() {
    var peak = Machine.current().peakMemoryMib();
    return new RunProvenance(message.toBuilder().setPeakMemoryMib(peak).build());
  }

  /**
   * Notes that training diverged and goes on.
   *
   * @param step from where
   * @param factor of the learning rate from there on
   * @param reason what happened
   */
  RunProvenance recovered(long step, double factor, String reason) {
    var recovery =
        Provenance.Recovery.newBuilder().setStep(step).setRateFactor(factor).setReason(reason);
    return new RunProvenance(message.toBuilder().addRecovered(recovery).build());
  }

  /** How often training diverged and went on. */
  int recoveries() {
    return message.getRecoveredCount();
  }

  boolean isResumed() {
    return message.getResumedCount() > 0;
  }

  TrainingState state(RunFolder files) {
    return new TrainingState(files, isFinished());
  }

  /** Whether early stopping ended training before its last epoch. */
  boolean isStoppedEarly() {
    return message.getStoppedEarlyEpoch() > 0;
  }

  boolean isFinished() {
    return !message.getFinished().isEmpty();
  }

  /**
   * @throws DataException if these are not the run's images
   */
  void requireSameImages(RunFolder files, Dataset dataset) {
    var before = message.getClassNamesList();
    if (!before.isEmpty() && !before.equals(dataset.classNames())) {
      throw new DataException(
          "the classes of the images are not those that %s was trained on: they are %s, they were %s, so an id would now mean another class"
              .formatted(files.path(), dataset.classNames(), before));
    }
    if (!message.getDataSha256().equals(dataset.digest())) {
      throw new DataException(
          "the images are not those that %s was trained on: their digest is %s, it was %s"
              .formatted(files.path(), dataset.digest(), message.getDataSha256()));
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
