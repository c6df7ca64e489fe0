package org.openmargin.benchmark;

import java.nio.file.Path;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.folder.RunFolder;

/**
 * Where a benchmark's files are.
 *
 * @param results small text files, one per trial: all that a report needs
 * @param work run folders, one per trial
 */
public record BenchmarkFolders(Path results, Path work) {

  /** {@code benchmarks/<name>/results} and {@code benchmarks/<name>/runs}. */
  public static BenchmarkFolders of(String name) {
    var folder = Path.of("benchmarks", name);
    return new BenchmarkFolders(folder.resolve("results"), folder.resolve("runs"));
  }

  /** What a finished trial gave. */
  public Path result(PlannedTrial trial) {
    return named(results, trial, ".textproto");
  }

  /** Why a trial failed that is not to be tried again. */
  public Path failure(PlannedTrial trial) {
    return named(results, trial, ".failed.textproto");
  }

  private static Path named(Path root, PlannedTrial trial, String ending) {
    var path = root.resolve(trial.path());
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** The run folder of a trial. */
  public RunFolder run(PlannedTrial trial) {
    return new RunFolder(work.resolve(trial.path()));
  }

  /** What a trial's process printed, all attempts. */
  public Path log(PlannedTrial trial) {
    return run(trial).path().resolve("log.txt");
  }

  /** Locked while a trial is trained. */
  Path lock(PlannedTrial trial) {
    return named(work, trial, ".lock");
  }
}
