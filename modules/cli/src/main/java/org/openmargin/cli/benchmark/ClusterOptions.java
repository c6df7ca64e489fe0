package org.openmargin.cli.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.cli.spark.SparkSubmit;
import org.openmargin.cluster.ClusterNeeds;
import org.openmargin.cluster.KubernetesJob;
import org.openmargin.cluster.Scheduler;
import org.openmargin.cluster.SlurmArray;
import org.openmargin.cluster.SparkTrials;
import org.openmargin.cluster.TrialArray;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** On which cluster, and how. */
final class ClusterOptions {
  @Option(
      names = "--on",
      required = true,
      paramLabel = "slurm|kubernetes|MASTER",
      converter = Engine.Argument.class,
      description = {
        "slurm: a job array, by sbatch. kubernetes: an Indexed Job, by kubectl, with the labels of",
        "Kueue if the plan names a queue. MASTER: tasks of Apache Spark, by spark-submit, until all",
        "have ended: local[*], spark://HOST:PORT, yarn or k8s://HOST:PORT. Needs SPARK_HOME, or",
        "spark-submit on the PATH."
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
    return engine.kind() != Engine.Kind.KUBERNETES && hasFolder
        ? List.of(Path.of(here).toAbsolutePath().normalize().toString())
        : List.of("openmargin");
  }

  /**
   * @param logs folder for what tasks print
   */
  Scheduler scheduler(TrialArray array, Path logs) {
    return switch (engine.kind()) {
      case SLURM -> new SlurmArray(array, logs);
      case KUBERNETES -> new KubernetesJob(array);
      case SPARK -> new SparkTrials(array, engine.master(), logs, spark());
    };
  }

  private static SparkTrials.Program spark() {
    var spark = SparkSubmit.find(System.getenv(), System.getProperties());
    return new SparkTrials.Program(spark.program().toString(), spark.applicationAddress());
  }
}
