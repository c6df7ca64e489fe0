package org.openmargin.experiment;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.DataParallelConfig.BatchStatistics;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageSizes;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.folder.TrainingState;
import org.openmargin.experiment.provenance.CodeDigest;
import org.openmargin.experiment.provenance.Libraries;
import org.openmargin.experiment.transfer.FrozenNetwork;
import org.openmargin.experiment.wiring.runtime.NumericEnvironment;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.runtime.Machine;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.Checkpoint;
import org.openmargin.trainer.Trainer;
import org.tensorflow.TensorFlow;

/** Where a run's numbers come from: the content of provenance.json. */
public record RunProvenance(Provenance message) {
  /** Set by the launcher: the commit of its checkout, with a trailing {@code +} if modified. */
  private static final String COMMIT_PROPERTY = "openmargin.commit";

  /** Set by the launcher: the command line. */
  private static final String COMMAND_PROPERTY = "openmargin.command";

  static RunProvenance started(
      ExperimentConfig config, Dataset dataset, TensorFlowRuntime runtime) {
    var commit = System.getProperty(COMMIT_PROPERTY, "");
    var machine = Machine.current();
    var provenance =
        Provenance.newBuilder()
            .setConfigSha256(Experiments.digest(config))
            .setDataSha256(dataset.digest())
            .setSeed(config.getRuntime().getSeed())
            .setOpenmarginVersion(version())
            .setTensorflowVersion(TensorFlow.version())
            .setJavaVersion(Runtime.version().toString())
            .setOs(machine.system())
            .setCpu(machine.processor())
            .setCpuCores(machine.cores())
            .addAllDevices(runtime.devices().names())
            .setDevice(runtime.settings().device().name())
            .putAllEnvironment(NumericEnvironment.current())
            .addAllClassNames(dataset.classNames())
            .setGitCommit(commit.replace("+", ""))
            .setGitDirty(commit.endsWith("+"))
            .setCommand(System.getProperty(COMMAND_PROPERTY, ""))
            .setCodeSha256(CodeDigest.current())
            .putAllLibraries(Libraries.current())
            .setThreads(threads(runtime.settings()))
            .addAllCpuFeatures(machine.features())
            .setMemoryGib((int) Math.round(machine.memoryGib()))
            .setStarted(now());
    parallel(runtime.settings()).ifPresent(provenance::setDataParallel);
    return new RunProvenance(provenance.build());
  }

  private static Optional<Provenance.DataParallel> parallel(RuntimeSettings settings) {
    var parallel = settings.parallel();
    var statistics =
        parallel.synchronised() ? BatchStatistics.SYNCHRONISED : BatchStatistics.OF_EACH_DEVICE;
    return parallel.isNone()
        ? Optional.empty()
        : Optional.of(
            Provenance.DataParallel.newBuilder()
                .setDevices(parallel.devices())
                .setBatchStatistics(statistics.name())
                .build());
  }

  private static Provenance.Threads threads(RuntimeSettings settings) {
    var threads = settings.sessionConfig();
    var within = threads.getIntraOpParallelismThreads();
    return Provenance.Threads.newBuilder()
        .setIntraOp(within == 0 ? Machine.current().cores() : within)
        .setInterOp(threads.getInterOpParallelismThreads())
        .build();
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
    var noted =
        Provenance.ImageSizes.newBuilder()
            .setSample(sizes.sizes().size())
            .setWidth(range(sizes.width()))
            .setHeight(range(sizes.height()))
            .setShorterSide(range(sizes.shorterSide()));
    return new RunProvenance(message.toBuilder().setTrainingImageSizes(noted).build());
  }

  /** Sizes of training images for people and programs; empty if they are not noted. */
  Map<String, Object> trainingImages() {
    if (!message.hasTrainingImageSizes()) {
      return Map.of();
    }
    var sizes = message.getTrainingImageSizes();
    var table = new LinkedHashMap<String, Object>();
    table.put("sample", sizes.getSample());
    table.put("width_px", range(sizes.getWidth()));
    table.put("height_px", range(sizes.getHeight()));
    table.put("shorter_side_px", range(sizes.getShorterSide()));
    return table;
  }

  private static Map<String, Object> range(Provenance.Range range) {
    var table = new LinkedHashMap<String, Object>();
    table.put("least", range.getLeast());
    table.put("median", range.getMedian());
    table.put("greatest", range.getGreatest());
    return table;
  }

  private static Provenance.Range range(ImageSizes.Range range) {
    return Provenance.Range.newBuilder()
        .setLeast(range.least())
        .setMedian(range.median())
        .setGreatest(range.greatest())
        .build();
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

  /** Version of OpenMargin, or "development" outside a jar. */
  public static String version() {
    var version = RunProvenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
