package org.openmargin.cli.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.cluster.ClusterNeeds;
import org.openmargin.cluster.KubernetesJob;
import org.openmargin.cluster.Scheduler;
import org.openmargin.cluster.SlurmArray;
import org.openmargin.cluster.TrialArray;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** On which cluster, and how. */
final class ClusterOptions {
  enum Engine {
    SLURM,
    KUBERNETES
  }

  @Option(
      names = "--on",
      required = true,
      paramLabel = "slurm|kubernetes",
      description = {
        "slurm: a job array, by sbatch. kubernetes: an Indexed Job, by kubectl, with the labels of",
        "Kueue if the plan names a queue."
      })
  private Engine engine;

  @Option(
      names = "--cluster",
      paramLabel = "PATH=VALUE",
      description = {
        "Set a field of the plan's section `cluster`, for example memory_mib=16384,",
        "slurm.partition=gpu or kubernetes.image=registry/openmargin:1. Repeatable."
      })
  private List<String> settings = new ArrayList<>();

  @ArgGroup private Instead instead = new Instead();

  /** What to do in place of submitting. */
  static final class Instead {
    @Option(
        names = "--dry-run",
        required = true,
        description = "Print the files; write and submit nothing.")
    private boolean dryRun;

    @Option(
        names = "--write",
        required = true,
        paramLabel = "DIR",
        description = {
          "Write the files to DIR and submit nothing. With kubernetes, a Containerfile is among them."
        })
    private Optional<Path> write;
  }

  ClusterNeeds needs(Path plan) {
    return ClusterNeeds.read(plan, settings);
  }

  boolean dryRun() {
    return instead.dryRun;
  }

  Optional<Path> write() {
    return instead.write;
  }

  /** The words that start this program where trials run. */
  List<String> program(ClusterNeeds needs, String here) {
    if (!needs.program().isEmpty()) {
      return needs.program();
    }
    var hasFolder = Path.of(here).getNameCount() > 1 || Path.of(here).isAbsolute();
    return engine == Engine.SLURM && hasFolder
        ? List.of(Path.of(here).toAbsolutePath().normalize().toString())
        : List.of("openmargin");
  }

  /**
   * @param logs folder for what tasks print
   */
  Scheduler scheduler(TrialArray array, Path logs) {
    return switch (engine) {
      case SLURM -> new SlurmArray(array, logs);
      case KUBERNETES -> new KubernetesJob(array);
    };
  }
}
