package org.openmargin.benchmark;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
 * @param plan name of the plan
 * @param folders where they are
 */
record TrialFiles(String plan, BenchmarkFolders folders) {
  private static final TextFormat.Parser PARSER =
      // Files of other versions may hold more.
      TextFormat.Parser.newBuilder().setAllowUnknownFields(true).build();

  TrialState state(PlannedTrial trial) {
    var result = read(folders.result(trial), TrialResult.newBuilder()).map(TrialResult.class::cast);
    var mismatch = result.map(found -> mismatch(trial, found));
    if (mismatch.filter(String::isEmpty).isPresent()) {
      return new TrialState.Finished(result.get());
    }
    var failure =
        read(folders.failure(trial), TrialFailure.newBuilder()).map(TrialFailure.class::cast);
    if (failure.filter(found -> isOf(trial, found)).isPresent()) {
      return new TrialState.Refused(failure.get());
    }
    if (Files.exists(folders.result(trial))) {
      return new TrialState.Stale(folders.result(trial), mismatch.orElse("the file is damaged"));
    }
    var run = folders.run(trial);
    var begun = run.holdsRun();
    return begun && !run.holds(trial.experiment())
        ? new TrialState.Stale(run.path(), "it holds a run of another experiment")
        : new TrialState.Waiting(new ProcessLock(folders.lock(trial)).isTaken(), begun);
  }

  /**
   * Before anything is computed.
   *
   * @throws RunException if a result or a run could not be written
   */
  void requireWritable() {
    for (var folder : List.of(folders.results(), folders.work())) {
      try {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".writable", ""));
      } catch (IOException e) {
        throw new RunException("cannot write to " + folder + ": " + FileErrors.reason(e), e);
      }
    }
  }

  private String mismatch(PlannedTrial trial, TrialResult result) {
    var name = new TrialName(result.getMethod(), result.getTrial(), result.getSeed());
    if (!result.getPlan().equals(plan) || !name.equals(trial.name())) {
      return "the file is of %s: %s".formatted(result.getPlan(), name);
    }
    return result.getExperimentSha256().equals(trial.digest())
        ? TrialFigures.fault(trial, result)
        : "the plan or its experiment has changed since";
  }

  private boolean isOf(PlannedTrial trial, TrialFailure failure) {
    return failure.getPlan().equals(plan)
        && trial
            .name()
            .equals(new TrialName(failure.getMethod(), failure.getTrial(), failure.getSeed()))
        && failure.getExperimentSha256().equals(trial.digest());
  }

  private static Optional<Message> read(Path file, Message.Builder empty) {
    try {
      PARSER.merge(Files.readString(file), empty);
      return Optional.of(empty.build());
    } catch (TextFormat.ParseException | CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new RunException("cannot read " + file + ": " + FileErrors.reason(e), e);
      }
      return Optional.empty();
    }
  }

  void write(PlannedTrial trial, TrialResult result) {
    write(folders.result(trial), result);
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
    var header =
        """
        # proto-file: openmargin/v1/benchmark.proto
        # proto-message: %s

        """
            .formatted(message.getDescriptorForType().getFullName());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var text = TextFormat.printer().escapingNonAscii(false).printToString(message);
      AtomicTextFile.write(file, writer -> writer.write(header + text));
    } catch (IOException e) {
      throw new RunException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }
}
