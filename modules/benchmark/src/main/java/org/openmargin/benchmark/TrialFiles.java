package org.openmargin.benchmark;

import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.plan.TrialName;
import org.openmargin.config.v1.TrialFailure;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;

/**
 * The result files of a plan.
 *
 * @param plan its name
 */
record TrialFiles(String plan, BenchmarkFolders folders) {

  TrialState state(PlannedTrial trial) {
    return states(List.of(trial)).get(trial);
  }

  /**
   * The states of trials, in the same order.
   *
   * @throws RunException if a file cannot be read, or if a single file and the packed one hold
   *     different valid results of one trial
   */
  Map<PlannedTrial, TrialState> states(Collection<PlannedTrial> trials) {
    var states = new LinkedHashMap<PlannedTrial, TrialState>();
    var singles = new LinkedHashMap<PlannedTrial, Optional<StoredResult>>();
    // Single files first: collecting removes them only after the packed file is written.
    trials.forEach(trial -> singles.put(trial, single(trial, ResultFormat.LENIENT)));
    var packed = PackedResults.read(folders.packed(), plan, ResultFormat.LENIENT);
    singles.forEach(
        (trial, single) -> {
          var line = Optional.ofNullable(packed.get(trial.name())).map(l -> check(trial, l));
          states.put(
              trial, state(trial, Stream.of(single, line).flatMap(Optional::stream).toList()));
        });
    return states;
  }

  private TrialState state(PlannedTrial trial, List<StoredResult> found) {
    var valid = found.stream().filter(StoredResult::valid).toList();
    if (!valid.isEmpty()) {
      var last = valid.get(valid.size() - 1);
      valid.get(0).conflictWith(last).ifPresent(TrialFiles::refuse);
      return new TrialState.Finished(last.result());
    }
    var failure = failure(trial);
    if (failure.isPresent()) {
      return new TrialState.Refused(failure.get());
    }
    if (!found.isEmpty()) {
      return found.get(0).stale();
    }
    var run = folders.run(trial);
    var begun = run.holdsRun();
    return begun && !run.holds(trial.experiment())
        ? new TrialState.Stale(run.path(), "it holds a run of another experiment")
        : waiting(trial, begun);
  }

  private TrialState.Waiting waiting(PlannedTrial trial, boolean begun) {
    var locked = new ProcessLock(folders.lock(trial)).isTaken();
    return folders.attempts(trial).state(trial.digest(), locked, begun);
  }

  private static void refuse(String conflict) {
    throw new RunException(conflict);
  }

  /** The trial's own result file, checked, if it exists. */
  Optional<StoredResult> single(PlannedTrial trial, ResultFormat format) {
    var file = folders.result(trial);
    return ResultFormat.content(file)
        .map(
            text -> {
              var result = TrialResult.newBuilder();
              try {
                format.readText(text, result);
              } catch (IOException e) {
                var fault = "the result is damaged: " + e.getMessage();
                return new StoredResult(file, 0, result.build(), fault);
              }
              var rounded = SignificantDigits.round(result.build());
              return check(trial, new StoredResult(file, 0, rounded, ""));
            });
  }

  /** Checks a stored result as one of this trial. */
  StoredResult check(PlannedTrial trial, StoredResult stored) {
    return stored.withFault(ResultCheck.fault(plan, trial, stored.result()));
  }

  /** A damaged failure file is ignored: the trial is tried again. */
  private Optional<TrialFailure> failure(PlannedTrial trial) {
    var failure = TrialFailure.newBuilder();
    try {
      var text = ResultFormat.content(folders.failure(trial));
      ResultFormat.LENIENT.readText(text.orElse(""), failure);
    } catch (IOException e) {
      return Optional.empty();
    }
    var name = new TrialName(failure.getMethod(), failure.getTrial(), failure.getSeed());
    return failure.getPlan().equals(plan)
            && trial.name().equals(name)
            && failure.getExperimentSha256().equals(trial.digest())
        ? Optional.of(failure.build())
        : Optional.empty();
  }

  /** Figures are rounded to 6 significant digits. */
  void write(PlannedTrial trial, TrialResult result) {
    write(folders.result(trial), SignificantDigits.round(result));
    forgetFailure(trial);
  }

  void write(PlannedTrial trial, TrialFailure failure) {
    write(folders.failure(trial), failure);
  }

  void forgetFailure(PlannedTrial trial) {
    try {
      Files.deleteIfExists(folders.failure(trial));
    } catch (IOException e) {
      throw new RunException(
          "cannot remove " + folders.failure(trial) + ": " + FileErrors.reason(e), e);
    }
  }

  private static void write(Path file, Message message) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicTextFile.write(file, writer -> writer.write(ResultFormat.text(message)));
    } catch (IOException e) {
      throw new RunException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }
}
