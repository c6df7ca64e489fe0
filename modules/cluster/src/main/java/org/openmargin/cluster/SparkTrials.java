package org.openmargin.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.openmargin.files.ShellWord;

/**
 * Trials as tasks of Spark, for those who have no other cluster: a script that starts an
 * application of Spark, which lasts until all trials have ended. What they need is asked of {@link
 * SparkSettings}.
 *
 * @param master as Spark knows it, such as {@code spark://host:7077}
 * @param logs folder of what the trials print
 */
public record SparkTrials(TrialArray array, String master, Path logs, Program spark)
    implements Scheduler {
  private static final String SCRIPT = "trials.sh";
  private static final String MAIN = "org.openmargin.spark.trial.TrialJob";

  /**
   * What starts it.
   *
   * @param submit {@code spark-submit}, with its folder unless it is on the path
   * @param application address of the jar
   */
  public record Program(String submit, String application) {}

  /**
   * @throws ClusterException if a trial needs more cores than the machine of a local master has
   */
  public SparkTrials {
    new LocalCores(master).require(array.needs().getCpus());
  }

  @Override
  public List<JobFile> files() {
    return List.of(new JobFile(SCRIPT, script()));
  }

  @Override
  public List<String> submission(Path job) {
    return List.of("bash", job.toString());
  }

  @Override
  public String advice() {
    return "run this on a machine with Spark, or write the script with --write DIR and start it there: bash DIR/"
        + SCRIPT;
  }

  private String script() {
    return """
        #!/bin/bash
        # Trials of the plan %s: Spark runs each as a task, until all have ended.
        # Written by openmargin benchmark submit; start with: bash %s
        exec %s
        """
        .formatted(
            array.name(),
            SCRIPT,
            words().stream().map(ShellWord::of).collect(Collectors.joining(" ")));
  }

  private List<String> words() {
    var words = new ArrayList<>(List.of(spark.submit(), "--master", master));
    words.addAll(List.of("--name", "openmargin " + array.name(), "--class", MAIN));
    new SparkSettings(array, master)
        .all()
        .forEach(setting -> words.addAll(List.of("--conf", setting)));
    words.add(spark.application());
    var needs = array.needs();
    words.addAll(List.of("--trials", Ranges.of(array.trials())));
    words.addAll(List.of("--parallel", Integer.toString(needs.getParallel())));
    words.addAll(List.of("--retries", Integer.toString(needs.getRetries())));
    words.addAll(List.of("--grace", Integer.toString(needs.getGraceSeconds())));
    words.addAll(List.of("--folder", array.command().folder().toString()));
    words.addAll(List.of("--logs", logs.toAbsolutePath().normalize().toString(), "--"));
    words.addAll(array.command().words());
    return words;
  }
}
