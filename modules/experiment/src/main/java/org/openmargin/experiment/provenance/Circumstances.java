package org.openmargin.experiment.provenance;

import org.openmargin.config.v1.Provenance;
import org.openmargin.experiment.wiring.runtime.NumericEnvironment;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.runtime.Machine;
import org.openmargin.runtime.RuntimeSettings;
import org.tensorflow.TensorFlow;

/** What a training runs on: code, libraries, machine, threads. */
public final class Circumstances {
  /** Set by the launcher: the commit of its checkout, with a trailing {@code +} if modified. */
  private static final String COMMIT_PROPERTY = "openmargin.commit";

  /** Set by the launcher: the command line. */
  private static final String COMMAND_PROPERTY = "openmargin.command";

  private Circumstances() {}

  /** Those of this process, to be completed by what is trained on what. */
  public static Provenance.Builder of(TensorFlowRuntime runtime) {
    var commit = System.getProperty(COMMIT_PROPERTY, "");
    var machine = Machine.current();
    return Provenance.newBuilder()
        .setTensorflowVersion(TensorFlow.version())
        .setJavaVersion(Runtime.version().toString())
        .setOs(machine.system())
        .setCpu(machine.processor())
        .setCpuCores(machine.cores())
        .addAllDevices(runtime.devices().names())
        .setDevice(runtime.settings().device().name())
        .putAllEnvironment(NumericEnvironment.current())
        .setGitCommit(commit.replace("+", ""))
        .setGitDirty(commit.endsWith("+"))
        .setCommand(System.getProperty(COMMAND_PROPERTY, ""))
        .setCodeSha256(CodeDigest.current())
        .putAllLibraries(Libraries.current())
        .setThreads(threads(runtime.settings()))
        .addAllCpuFeatures(machine.features())
        .setMemoryGib((int) Math.round(machine.memoryGib()));
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
