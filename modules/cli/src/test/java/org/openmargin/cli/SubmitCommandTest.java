package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** What is written for a cluster, and what becomes of a refusal. */
class SubmitCommandTest {
  @TempDir private Path folder;

  private Path plan;

  @BeforeEach
  void writePlan() throws IOException {
    plan =
        Files.writeString(
            folder.resolve("plan.textproto"),
            """
            name: "Two.by_two"
            experiment: "%s"
            methods { name: "Soft max" set: "loss.softmax={}" }
            methods { name: "OMCL" }
            trials { name: "1" known_classes: [0, 2, 4, 6] }
            trials { name: "2" known_classes: [1, 2, 4, 6] }
            seeds: 0
            cluster { cpus: 2 slurm { partition: "long" } }
            """
                .formatted(CommandLineRun.TINY));
  }

  private Object[] submit(Object... more) {
    var arguments = new ArrayList<Object>(List.of("benchmark", "submit", plan));
    arguments.addAll(List.of("--results", folder.resolve("results")));
    arguments.addAll(List.of("--work", folder.resolve("runs")));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  @Test
  void dryRunPrintsTheScriptAndLeavesNothing() {
    var run = CommandLineRun.of(submit("--on", "slurm", "--dry-run", "--keep-runs"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("--- trials.sbatch")
        .contains("#SBATCH --array=0-3\n", "#SBATCH --cpus-per-task=2\n", "--partition=long\n")
        .contains("#SBATCH --output=" + folder.resolve("runs/Two.by_two.cluster/%A_%a.log"))
        .contains(
            "command=(openmargin benchmark run %s --set runtime.intra_op_threads=2 --results %s --work %s --keep-runs --index)"
                .formatted(plan, folder.resolve("results"), folder.resolve("runs")));
    assertThat(Tree.of(folder)).containsExactly("plan.textproto");
  }

  @Test
  void oneMethodIsSubmittedAlone() {
    var run = CommandLineRun.of(submit("--on", "slurm", "--dry-run", "--method", "OMCL"));
    assertThat(run.out()).contains("#SBATCH --array=1,3\n");
  }

  @Test
  void filesForKubernetesCanBeWrittenToBeSubmittedElsewhere() throws IOException {
    Object[] job = {
      "--on",
      "kubernetes",
      "--write",
      folder.resolve("job"),
      "--cluster",
      "kubernetes.image=registry/openmargin:1",
      "--cluster",
      "kubernetes.claim=archive",
      "--cluster",
      "kubernetes.local_path=" + folder
    };
    var run = CommandLineRun.of(submit(job));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("job.yaml", "Containerfile");
    assertThat(Files.readString(folder.resolve("job/job.yaml")))
        .contains(
            "generateName: two-by-two-",
            "exec openmargin benchmark run /shared/plan.textproto",
            "--results /shared/results --work /shared/runs");
    assertThat(Files.readString(folder.resolve("job/Containerfile"))).contains("USER 10001");
  }

  @Test
  void whatIsMissingIsSaidBeforeAnythingIsWritten() {
    var image = CommandLineRun.of(submit("--on", "kubernetes"));
    assertThat(image.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(image.errors()).singleElement().asString().contains("needs kubernetes.image");
    var wrong = CommandLineRun.of(submit("--on", "slurm", "--cluster", "slurm.partiton=x"));
    assertThat(wrong.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrong.err()).contains("--cluster slurm.partiton=x", "cluster.slurm.partition");
    var engine = CommandLineRun.of(submit("--on", "slrum"));
    assertThat(engine.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(engine.err()).contains("did you mean 'slurm'");
    assertThat(CommandLineRun.of(submit()).code()).isEqualTo(ExitCodes.USAGE);
    assertThat(Tree.of(folder)).containsExactly("plan.textproto");
  }

  /** Spark that says how it was called, and ends as the trials do. */
  private ProcessBuilder withSpark(int code, Object... arguments) throws IOException {
    var bin = Files.createDirectories(folder.resolve("spark/bin"));
    var submit = bin.resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\necho \"$@\"\nexit %d\n".formatted(code));
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    var jar = Files.writeString(folder.resolve("app.jar"), "");
    var process = CommandLineRun.process(arguments);
    process.command().add(1, "-Dopenmargin.spark=" + jar);
    process.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    return process;
  }

  @Test
  void sparkRunsTrialsUntilTheirEnd() throws Exception {
    var ended = CommandLineRun.of(withSpark(4, submit("--on", "spark://host:7077")));
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCodes.TRAINING);
    assertThat(ended.out())
        .contains("--master spark://host:7077", "spark.executor.cores=2", "--trials 0-3 ")
        .contains("-- openmargin benchmark run " + plan)
        .endsWith("0 of 4 trials are finished\n");
    assertThat(Tree.of(folder.resolve("runs"))).contains("Two.by_two.cluster/trials.sh");

    var broken = CommandLineRun.of(withSpark(1, submit("--on", "local[2]")));
    assertThat(broken.code()).isEqualTo(ExitCodes.TRAINING);
    assertThat(broken.errors()).singleElement().asString().contains("Spark ended with exit code 1");
  }

  @Test
  void whatSparkCannotDoIsSaidBeforeAnythingIsWritten() throws Exception {
    var small = CommandLineRun.of(withSpark(0, submit("--on", "local[1]")));
    assertThat(small.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(small.errors()).singleElement().asString().contains("--cluster cpus=1");
    var wrong = CommandLineRun.of(submit("--on", "spork://host:7077"));
    assertThat(wrong.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrong.err()).contains("'spork://host:7077' is no cluster", "spark://HOST:PORT");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void whatSlurmSaysIsSaid() throws Exception {
    var bin = Files.createDirectory(folder.resolve("bin"));
    var sbatch =
        Files.writeString(
            bin.resolve("sbatch"),
            "#!/bin/sh\n[ \"$(head -n 1 \"$1\")\" = '#!/bin/bash' ] && echo Submitted batch job 12\n");
    assertThat(sbatch.toFile().setExecutable(true)).isTrue();
    var taken = CommandLineRun.of(withPath(bin, submit("--on", "slurm")));
    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(taken.out().strip()).isEqualTo("4 trials: Submitted batch job 12");
    assertThat(Tree.of(folder.resolve("runs"))).contains("Two.by_two.cluster/trials.sbatch");

    Files.writeString(sbatch, "#!/bin/sh\necho 'error: invalid partition' >&2\nexit 1\n");
    var refused = CommandLineRun.of(withPath(bin, submit("--on", "slurm")));
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.errors())
        .singleElement()
        .asString()
        .contains("sbatch refused", "(exit code 1): error: invalid partition");
  }

  private static ProcessBuilder withPath(Path bin, Object... arguments) {
    var process = CommandLineRun.process(arguments);
    process
        .environment()
        .merge("PATH", bin.toString(), (old, ours) -> ours + File.pathSeparator + old);
    return process;
  }
}
