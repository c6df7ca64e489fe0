package org.openmargin.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openmargin.config.v1.SlurmConfig;
import org.openmargin.files.ShellWord;

/**
 * A job array of Slurm: the task with number N runs trial N, in a script that turns exit codes into
 * what Slurm is to do.
 *
 * @param logs folder of what the tasks print; must exist when they start
 */
public record SlurmArray(TrialArray array, Path logs) implements Scheduler {
  private static final String SCRIPT = "trials.sbatch";
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_%+=:,./-]+");

  /** Slurm may send the signal so much earlier than asked for. */
  private static final int SIGNAL_RESOLUTION_SECONDS = 60;

  /**
   * @throws ClusterException if a task would be told to stop before it could train
   */
  public SlurmArray {
    var grace = array.needs().getGraceSeconds();
    var minutes = array.needs().getSlurm().getTimeLimitMinutes();
    var least = (grace + SIGNAL_RESOLUTION_SECONDS) / 60 + 1;
    if (minutes < least) {
      throw new ClusterException(
          "a task may run for %d minutes (slurm.time_limit_minutes) and would be told to stop %d seconds before their end (grace_seconds), which leaves no time to train: allow %d minutes or more"
              .formatted(minutes, grace, least));
    }
  }

  @Override
  public List<JobFile> files() {
    return List.of(new JobFile(SCRIPT, script()));
  }

  @Override
  public List<String> submission(Path job) {
    return List.of("sbatch", job.toString());
  }

  @Override
  public String advice() {
    return "run this on a machine that submits to Slurm, or write the script with --write DIR and submit it there: sbatch DIR/"
        + SCRIPT;
  }

  private String script() {
    var slurm = array.needs().getSlurm();
    return """
        #!/bin/bash
        # Trials of the plan %s: the task with number N runs trial N.
        # Written by openmargin benchmark submit; submit with: sbatch %s
        %s
        %s
        export OPENMARGIN_BUILD=never
        command=(%s)
        retries=%d
        requeues=%d
        %s"""
        .formatted(
            array.name(),
            SCRIPT,
            directives().stream().map(line -> "#SBATCH " + line).collect(Collectors.joining("\n")),
            slurm.getSetupList().stream().map(line -> line + "\n").collect(Collectors.joining()),
            array.command().words().stream().map(ShellWord::of).collect(Collectors.joining(" ")),
            array.needs().getRetries(),
            slurm.getRequeues(),
            Resource.text("task.sh"));
  }

  private List<String> directives() {
    var needs = array.needs();
    var slurm = needs.getSlurm();
    var lines = new ArrayList<String>();
    lines.add("--job-name=" + array.name());
    lines.add("--array=" + Ranges.of(array.trials()) + limit());
    lines.add("--nodes=1");
    lines.add("--ntasks=1");
    lines.add("--cpus-per-task=" + needs.getCpus());
    lines.add("--mem=%dM".formatted(needs.getMemoryMib()));
    if (needs.getGpus() > 0) {
      lines.add("--gres=gpu:" + kind(slurm) + needs.getGpus());
    }
    lines.add("--time=" + slurm.getTimeLimitMinutes());
    // To the script alone: it tells the trial, waits for its checkpoint and requeues itself.
    lines.add("--signal=B:TERM@" + needs.getGraceSeconds());
    lines.add("--requeue");
    lines.add("--open-mode=append");
    lines.add("--chdir=" + quoted(array.command().folder().toString()));
    lines.add("--output=" + quoted(literal(logs.toAbsolutePath().normalize()) + "/%A_%a.log"));
    named(lines, "--partition=", slurm.getPartition());
    named(lines, "--account=", slurm.getAccount());
    named(lines, "--qos=", slurm.getQos());
    lines.addAll(slurm.getOptionsList());
    return lines;
  }

  private static void named(List<String> lines, String option, String value) {
    if (!value.isEmpty()) {
      lines.add(option + value);
    }
  }

  private static String kind(SlurmConfig slurm) {
    return slurm.getGpuType().isEmpty() ? "" : slurm.getGpuType() + ":";
  }

  private String limit() {
    return array.needs().getParallel() == 0 ? "" : "%" + array.needs().getParallel();
  }

  /** In names of output files, Slurm replaces what begins with a per cent sign. */
  private static String literal(Path path) {
    return path.toString().replace("%", "%%");
  }

  /**
   * Outside of quotes, Slurm ends a word at a blank or tab and a line at {@code #}; inside, a
   * backslash protects the next character. In names of output files it means something else.
   */
  private static String quoted(String text) {
    if (text.contains("\\") || text.contains("\n")) {
      throw new ClusterException(
          "%s: Slurm cannot have a backslash or a line break in the name of a folder"
              .formatted(text));
    }
    return PLAIN.matcher(text).matches() ? text : '"' + text.replace("\"", "\\\"") + '"';
  }
}
