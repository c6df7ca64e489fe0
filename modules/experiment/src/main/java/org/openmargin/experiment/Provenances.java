package org.openmargin.experiment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.RuntimeEnvironment;
import org.openmargin.experiment.wiring.Runtimes;
import org.openmargin.trainer.Trainer;
import org.tensorflow.TensorFlow;

/** Says where a run's numbers come from. */
public final class Provenances {
  /**
   * The launcher puts the commit of its checkout here, with a trailing {@code +} if it was changed.
   */
  static final String COMMIT_PROPERTY = "openmargin.commit";

  /** The launcher puts the command line here. */
  static final String COMMAND_PROPERTY = "openmargin.command";

  private Provenances() {}

  static Provenance started(ExperimentConfig config, String dataDigest, Runtimes.Ready runtime) {
    var commit = System.getProperty(COMMIT_PROPERTY, "");
    return Provenance.newBuilder()
        .setConfigSha256(Experiments.digest(config))
        .setDataSha256(dataDigest)
        .setSeed(config.getRuntime().getSeed())
        .setOpenmarginVersion(version())
        .setTensorflowVersion(TensorFlow.version())
        .setJavaVersion(Runtime.version().toString())
        .setOs(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .setCpu(cpu())
        .setCpuCores(Runtime.getRuntime().availableProcessors())
        .addAllDevices(runtime.devices().names())
        .setDevice(runtime.settings().device().name())
        .putAllEnvironment(RuntimeEnvironment.obeyed())
        .setGitCommit(commit.replace("+", ""))
        .setGitDirty(commit.endsWith("+"))
        .setCommand(System.getProperty(COMMAND_PROPERTY, ""))
        .setStarted(now())
        .build();
  }

  static Provenance finished(Provenance started, Trainer.Outcome outcome) {
    var finished = withPeakMemory(started).toBuilder().setFinished(now());
    if (outcome.stepsRun() > 0) {
      finished
          .setTrainSeconds(outcome.seconds())
          .setImagesPerSecond(outcome.imagesPerSecond())
          .setSecondsToFirstStep(
              (outcome.firstStepMillis() - ManagementFactory.getRuntimeMXBean().getStartTime())
                  / 1e3);
    }
    return finished.build();
  }

  static Provenance withPeakMemory(Provenance provenance) {
    return provenance.toBuilder().setPeakMemoryMib(peakMemoryMib()).build();
  }

  /** Version of OpenMargin, or "development" outside a jar. */
  public static String version() {
    var version = Provenances.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Model name of the CPU where the system tells, else its architecture. */
  public static String cpu() {
    return line(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch"));
  }

  /** Largest memory that this process ever had, in MiB; 0 where the system does not tell. */
  public static double peakMemoryMib() {
    return line(Path.of("/proc/self/status"), "VmHWM")
        .map(value -> Double.parseDouble(value.replace("kB", "").strip()) / 1024)
        .orElse(0.0);
  }

  private static java.util.Optional<String> line(Path file, String key) {
    if (!Files.isReadable(file)) {
      return java.util.Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return java.util.Optional.empty();
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static Provenance read(RunFolder files) {
    var builder = Provenance.newBuilder();
    files.read(files.provenance(), builder);
    if (builder.getDataSha256().isEmpty()) {
      throw new RunException(files.provenance() + " is damaged: it has no dataSha256");
    }
    return builder.build();
  }
}
