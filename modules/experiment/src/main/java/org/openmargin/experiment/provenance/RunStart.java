package org.openmargin.experiment.provenance;

import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.DataParallelConfig.BatchStatistics;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;
import org.openmargin.data.Dataset;
import org.openmargin.experiment.wiring.runtime.NumericEnvironment;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.runtime.Machine;
import org.openmargin.runtime.RuntimeSettings;
import org.tensorflow.TensorFlow;

/**
 * What can be said of a run as it starts: experiment, images, software, machine and devices.
 *
 * @param runtime that trains
 */
public record RunStart(ExperimentConfig config, Dataset dataset, TensorFlowRuntime runtime) {
  /** Set by the launcher: the commit of its checkout, with a trailing {@code +} if modified. */
  private static final String COMMIT_PROPERTY = "openmargin.commit";

  /** Set by the launcher: the command line. */
  private static final String COMMAND_PROPERTY = "openmargin.command";

  /** All but the time. */
  public Provenance.Builder provenance() {
    var commit = System.getProperty(COMMIT_PROPERTY, "");
    var machine = Machine.current();
    var provenance =
        Provenance.newBuilder()
            .setConfigSha256(Experiments.digest(config))
            .setDataSha256(dataset.digest())
            .setSeed(config.getRuntime().getSeed())
            .setOpenmarginVersion(SoftwareVersion.current())
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
            .setMemoryGib((int) Math.round(machine.memoryGib()));
    parallel(runtime.settings()).ifPresent(provenance::setDataParallel);
    return provenance;
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
}
