package org.openmargin.benchmark;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.openmargin.config.v1.TrialAttempt;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Heartbeat;

/**
 * Says on a shared folder who runs a trial, and keeps other machines away from it even if locks of
 * that file system do not reach them. On one machine the lock is the truth, and a claim that a
 * killed process left behind means nothing.
 *
 * @param files of the trial's attempts
 * @param self this process
 */
record TrialClaim(AttemptFiles files, TrialAttempt self) {
  /** A claim that nobody has renewed for so long is void. Network file systems lag up to 60 s. */
  static final Duration SILENCE = Duration.ofMinutes(3);

  /**
   * Runs an attempt; {@link TrialOutcome.Busy} if another machine runs the trial. If it ends
   * without a result, it is noted why.
   */
  TrialOutcome holding(Supplier<TrialOutcome> attempt) {
    try {
      if (!take()) {
        return new TrialOutcome.Busy();
      }
      try (var heartbeat = new Heartbeat(files.claim())) {
        heartbeat.start();
        var outcome = attempt.get();
        end(outcome);
        return outcome;
      } catch (RuntimeException | Error e) {
        note(String.valueOf(e.getMessage()));
        Files.deleteIfExists(files.claim());
        throw e;
      }
    } catch (IOException e) {
      throw new RunException(
          "cannot claim a trial by %s: %s".formatted(files.claim(), FileErrors.reason(e)), e);
    }
  }

  /** Does what comes before an attempt, and notes why it failed, if it fails. */
  void noting(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      note(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void end(TrialOutcome outcome) throws IOException {
    if (outcome instanceof TrialOutcome.Refused refused) {
      note(refused.message());
    } else if (outcome instanceof TrialOutcome.Stopped) {
      note("");
    } else {
      Files.deleteIfExists(files.last());
    }
    Files.deleteIfExists(files.claim());
  }

  /**
   * @param reason why an attempt ended; empty if it was told to stop
   */
  private void note(String reason) {
    var ended = self.toBuilder().setEnded(now()).setReason(reason).build();
    try {
      Files.createDirectories(folder());
      AtomicTextFile.write(files.last(), writer -> writer.write(ResultFormat.text(ended)));
    } catch (IOException e) {
      // The reason itself, which is thrown or printed, is more important than its note.
      return;
    }
  }

  private Path folder() {
    return files.claim().toAbsolutePath().getParent();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private boolean take() throws IOException {
    Files.createDirectories(folder());
    return removeVoid() && create();
  }

  /** False if another machine holds a claim, or is about to. */
  private boolean removeVoid() throws IOException {
    if (!Files.exists(files.claim())) {
      return true;
    }
    if (isHeldElsewhere()) {
      return false;
    }
    // Only one process at a time removes a claim, and looks once more before it does.
    var remover = files.claim().resolveSibling(files.claim().getFileName() + ".remover");
    try {
      Files.createFile(remover);
    } catch (FileAlreadyExistsException e) {
      if (!AttemptFiles.isRenewed(remover, fileSystemTime(), SILENCE)) {
        // Left by a machine that failed just then: the next attempt gets the trial.
        Files.deleteIfExists(remover);
      }
      return false;
    }
    try {
      if (isHeldElsewhere()) {
        return false;
      }
      Files.deleteIfExists(files.claim());
      return true;
    } finally {
      Files.deleteIfExists(remover);
    }
  }

  private boolean isHeldElsewhere() throws IOException {
    return !files.running().getHost().equals(self.getHost())
        && AttemptFiles.isRenewed(files.claim(), fileSystemTime(), SILENCE);
  }

  private boolean create() throws IOException {
    var text = ResultFormat.text(self.toBuilder().setStarted(now()).build());
    try {
      Files.writeString(files.claim(), text, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** The time on a server may differ from that of this machine. */
  private Instant fileSystemTime() throws IOException {
    var probe = Files.createTempFile(folder(), ".time", "");
    try {
      return Files.getLastModifiedTime(probe).toInstant();
    } finally {
      Files.delete(probe);
    }
  }
}
