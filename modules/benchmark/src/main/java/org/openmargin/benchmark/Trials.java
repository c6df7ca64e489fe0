package org.openmargin.benchmark;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openmargin.config.plan.PlannedTrial;

/** Trials, their files, and what is measured of each. Immutable; progress is kept in files only. */
public final class Trials {
  private final List<PlannedTrial> trials;
  private final TrialFiles files;
  private final TrialTask task;

  /**
   * @param name of the plan they belong to
   * @param trials in the order in which they should be run
   */
  public Trials(String name, List<PlannedTrial> trials, BenchmarkFolders folders, TrialTask task) {
    this(trials, new TrialFiles(name, folders), task);
  }

  Trials(List<PlannedTrial> trials, TrialFiles files, TrialTask task) {
    this.trials = List.copyOf(trials);
    this.files = files;
    this.task = task;
  }

  /** The state of each trial, in order. */
  public Map<PlannedTrial, TrialState> status() {
    return files.states(trials);
  }

  /** See {@link Benchmark#due}. */
  List<PlannedTrial> due(Schedule schedule) {
    var states = status();
    if (!schedule.replaceStale()) {
      TrialState.Stale.refuse(states.values());
    }
    return trials.stream().filter(trial -> isDue(states.get(trial), schedule)).toList();
  }

  private static boolean isDue(TrialState state, Schedule schedule) {
    if (state instanceof TrialState.Refused) {
      return schedule.retryRefused();
    }
    return !(state instanceof TrialState.Finished)
        && !(state instanceof TrialState.Waiting waiting
            && waiting.progress() == TrialState.Progress.RUNNING);
  }

  /** Runs trials in this process. */
  public TrialRunner inThisProcess(TrialSettings settings) {
    return new InProcessRunner(files, settings, task);
  }

  /** Runs each trial in its own JVM; see {@link Benchmark#inChildProcesses}. */
  public ChildProcessRunner inChildProcesses(List<String> program) {
    return new ChildProcessRunner(files, program);
  }

  /**
   * Runs the unfinished trials; see {@link Benchmark#run}.
   *
   * @param lines receives a line for each start and end
   */
  public void run(TrialRunner runner, Schedule schedule, Consumer<String> lines)
      throws InterruptedException {
    new TrialQueue(runner, schedule, new ProgressLog(lines)).run(status(), files.folders());
  }
}
