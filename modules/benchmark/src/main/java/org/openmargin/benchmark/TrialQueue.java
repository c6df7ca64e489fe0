package org.openmargin.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.trainer.TrainingException;

/** Runs trials, several in parallel, each until it is done or another attempt is pointless. */
final class TrialQueue {
  /** Pause before retrying trials that another process is training. */
  private static final Duration BUSY_PAUSE = Duration.ofSeconds(5);

  private final TrialRunner runner;
  private final Schedule schedule;
  private final ProgressLog log;
  private final AtomicInteger left = new AtomicInteger();
  private volatile boolean stopped;

  TrialQueue(TrialRunner runner, Schedule schedule, ProgressLog log) {
    this.runner = runner;
    this.schedule = schedule;
    this.log = log;
  }

  /** Runs the trials that are due, once their images are there and results can be written. */
  void run(Map<PlannedTrial, TrialState> states, BenchmarkFolders folders)
      throws InterruptedException {
    if (!schedule.replaceStale()) {
      TrialState.Stale.refuse(states.values());
    }
    var due = due(states);
    if (!due.isEmpty()) {
      due.forEach(trial -> Experiment.of(trial.experiment()).requireImages());
      folders.requireWritable();
      run(due);
    }
  }

  /** The trials to run: neither finished nor, unless asked for, refused. */
  private List<PlannedTrial> due(Map<PlannedTrial, TrialState> states) {
    var due = new ArrayList<PlannedTrial>();
    states.forEach(
        (trial, state) -> {
          if (state instanceof TrialState.Refused refused && !schedule.retryRefused()) {
            log.skipped(trial, refused.reason());
          } else if (!(state instanceof TrialState.Finished)) {
            due.add(trial);
          }
        });
    return due;
  }

  private void run(List<PlannedTrial> trials) throws InterruptedException {
    left.set(trials.size());
    log.begin(trials.size());
    var waiting = trials;
    while (!waiting.isEmpty()) {
      var busy = pass(waiting);
      if (!busy.isEmpty()) {
        Thread.sleep(BUSY_PAUSE.toMillis());
      }
      waiting = busy;
    }
  }

  /** One pass over the trials; returns those that another process is training. */
  private List<PlannedTrial> pass(List<PlannedTrial> trials) throws InterruptedException {
    var busy = Collections.synchronizedList(new ArrayList<PlannedTrial>());
    var threads = Executors.newFixedThreadPool(schedule.parallel());
    try {
      var futures = new ArrayList<Future<?>>();
      for (var trial : trials) {
        futures.add(threads.submit(() -> attempts(trial, busy)));
      }
      for (var future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
    return List.copyOf(busy);
  }

  private TrialOutcome outcome(PlannedTrial trial) throws InterruptedException {
    try {
      return runner.run(trial);
    } catch (RunException | TrainingException e) {
      return new TrialOutcome.Failed(e.getMessage());
    }
  }

  private Void attempts(PlannedTrial trial, List<PlannedTrial> busy) throws InterruptedException {
    for (var attempt = 0; !stopped && attempt <= schedule.retries(); attempt++) {
      var started = Instant.now();
      log.started(trial, attempt);
      var outcome = outcome(trial);
      if (outcome instanceof TrialOutcome.Busy) {
        log.busy(trial);
        busy.add(trial);
        return null;
      }
      if (outcome instanceof TrialOutcome.Stopped) {
        stopped = true;
        return null;
      }
      var last = !(outcome instanceof TrialOutcome.Failed) || attempt == schedule.retries();
      var remaining = last ? left.decrementAndGet() : left.get();
      log.ended(trial, outcome, Duration.between(started, Instant.now()), remaining);
      if (last) {
        return null;
      }
    }
    return null;
  }
}
