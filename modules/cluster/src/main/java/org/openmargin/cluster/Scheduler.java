package org.openmargin.cluster;

import java.nio.file.Path;
import java.util.List;

/** Who runs trials on a cluster. */
public sealed interface Scheduler permits SlurmArray, KubernetesJob, SparkTrials {

  /**
   * What describes the job: first the file that is submitted.
   *
   * @throws ClusterException if the trials cannot be run so
   */
  List<JobFile> files();

  /** The command that submits the first of the {@link #files}, written as {@code job}. */
  List<String> submission(Path job);

  /** What to do if that command is missing. */
  String advice();
}
