package org.openmargin.benchmark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.TrialAttempt;

/** This process as others see it. */
final class ThisProcess {
  private ThisProcess() {}

  static TrialAttempt attempt(PlannedTrial trial) {
    return TrialAttempt.newBuilder()
        .setExperimentSha256(trial.digest())
        .setHost(host())
        .setProcess(ProcessHandle.current().pid())
        .setTask(task(System.getenv()))
        .build();
  }

  /** The machine's name; in a pod, that of the pod. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // It has a name that leads to no address; the message begins with it.
      return String.valueOf(e.getMessage()).replaceFirst(":.*", "");
    }
  }

  /** The task that Slurm names in the environment; empty if it does not. */
  static String task(Map<String, String> environment) {
    var array = environment.get("SLURM_ARRAY_JOB_ID");
    return array == null
        ? environment.getOrDefault("SLURM_JOB_ID", "")
        : array + "_" + environment.getOrDefault("SLURM_ARRAY_TASK_ID", "");
  }
}
