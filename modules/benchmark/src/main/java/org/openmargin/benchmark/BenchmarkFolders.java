package org.openmargin.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.files.FileErrors;

/**
 * Where a plan's files are.
 *
 * @param results the plan's single result files, one per trial
 * @param work its run folders, one per trial
 */
public record BenchmarkFolders(Path results, Path work) {
  private static final String RESULT = ".textproto";
  private static final String FAILED = ".failed.textproto";

  /** In {@code benchmarks/results} and {@code benchmarks/runs}. */
  public static BenchmarkFolders of(String plan) {
    var folder = Path.of("benchmarks");
    return of(plan, folder.resolve("results"), folder.resolve("runs"));
  }

  /**
   * In folders that several plans share.
   *
   * @param results holds {@code <plan>.jsonl} and {@code <plan>/}
   * @param work holds {@code <plan>/}
   */
  public static BenchmarkFolders of(String plan, Path results, Path work) {
    return new BenchmarkFolders(results.resolve(plan), work.resolve(plan));
  }

  /** Collected results, one per line: the results folder's name plus {@code .jsonl}. */
  public Path packed() {
    return results.resolveSibling(results.getFileName() + ".jsonl");
  }

  /** Result file of a finished trial. */
  public Path result(PlannedTrial trial) {
    return named(results, trial, RESULT);
  }

  /**
   * Existing single result files, sorted.
   *
   * @throws RunException if the folder cannot be read
   */
  List<Path> singleResults() {
    if (!Files.isDirectory(results)) {
      return List.of();
    }
    try (var tree = Files.walk(results)) {
      return tree.filter(file -> file.toString().endsWith(RESULT))
          .filter(file -> !file.toString().endsWith(FAILED))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new RunException("cannot read %s: %s".formatted(results, e.getMessage()), e);
    }
  }

  /** Removes empty folders of single results. */
  void removeEmptyResults() throws IOException {
    try (var tree = Files.walk(results)) {
      for (var folder :
          tree.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
        try (var content = Files.list(folder)) {
          if (content.findAny().isEmpty()) {
            Files.delete(folder);
          }
        }
      }
    }
  }

  /** States why a trial failed, if another attempt would fail too. */
  public Path failure(PlannedTrial trial) {
    return named(results, trial, FAILED);
  }

  private static Path named(Path root, PlannedTrial trial, String ending) {
    var path = root.resolve(trial.path());
    return path.resolveSibling(path.getFileName() + ending);
  }

  public RunFolder run(PlannedTrial trial) {
    return new RunFolder(work.resolve(trial.path()));
  }

  /** Output of a trial's processes, all attempts. */
  public Path log(PlannedTrial trial) {
    return run(trial).path().resolve("log.txt");
  }

  /** Locked while a trial is trained. */
  Path lock(PlannedTrial trial) {
    return named(work, trial, ".lock");
  }

  /** Who runs a trial without a result, or how that ended. */
  AttemptFiles attempts(PlannedTrial trial) {
    return new AttemptFiles(
        named(work, trial, ".claim.textproto"), named(work, trial, ".attempt.textproto"));
  }

  /** Locked while results are collected. */
  Path collecting() {
    return results.resolve(".collect.lock");
  }

  /**
   * Checks that results and runs can be written, before anything is computed.
   *
   * @throws RunException if they cannot be written
   */
  void requireWritable() {
    for (var folder : List.of(results, work)) {
      try {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".writable", ""));
      } catch (IOException e) {
        throw new RunException("cannot write to " + folder + ": " + FileErrors.reason(e), e);
      }
    }
  }
}
