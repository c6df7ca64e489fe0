package org.openmargin.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.openmargin.config.v1.TrialAttempt;

/**
 * What is known of a trial that has no result yet.
 *
 * @param claim exists while a process runs it, and after that process was killed
 * @param last how the last attempt ended that said so
 */
record AttemptFiles(Path claim, Path last) {

  /** Who runs it, or ran it when it was killed; empty if nobody does. */
  TrialAttempt running() {
    return read(claim);
  }

  /** The last attempt at this experiment that said how it ended; empty if there is none. */
  private TrialAttempt ended(String digest) {
    var ended = read(last);
    return ended.getExperimentSha256().equals(digest) ? ended : TrialAttempt.getDefaultInstance();
  }

  /** A damaged file says nothing. */
  private static TrialAttempt read(Path file) {
    var attempt = TrialAttempt.newBuilder();
    try {
      ResultFormat.LENIENT.readText(ResultFormat.content(file).orElse(""), attempt);
    } catch (IOException e) {
      return TrialAttempt.getDefaultInstance();
    }
    return attempt.build();
  }

  /** Whether the claim was written or renewed shortly before {@code now}. */
  boolean isRenewedAt(Instant now) {
    return isRenewed(claim, now, TrialClaim.SILENCE);
  }

  static boolean isRenewed(Path file, Instant now, Duration silence) {
    try {
      return Files.getLastModifiedTime(file).toInstant().plus(silence).isAfter(now);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * How far a trial has got.
   *
   * @param digest of its experiment: how an attempt at another one ended does not matter
   */
  TrialState.Waiting state(String digest, boolean locked, boolean begun) {
    var running = running();
    if (locked || runsElsewhere(running)) {
      return new TrialState.Waiting(TrialState.Progress.RUNNING, where(running, "since"));
    }
    if (Files.exists(claim)) {
      return new TrialState.Waiting(
          TrialState.Progress.KILLED,
          "its process ended without a word (killed, or its machine failed) "
              + where(running, "started"));
    }
    var ended = ended(digest);
    if (!ended.getReason().isEmpty()) {
      return new TrialState.Waiting(TrialState.Progress.FAILED, ended.getReason());
    }
    if (ended.hasEnded()) {
      return new TrialState.Waiting(TrialState.Progress.STOPPED, "it goes on from its checkpoint");
    }
    var progress = begun ? TrialState.Progress.STARTED : TrialState.Progress.NOT_STARTED;
    return new TrialState.Waiting(progress, "");
  }

  private boolean runsElsewhere(TrialAttempt running) {
    return running.hasHost()
        && !running.getHost().equals(ThisProcess.host())
        && isRenewedAt(Instant.now());
  }

  private static String where(TrialAttempt attempt, String when) {
    if (!attempt.hasHost()) {
      return "";
    }
    var task = attempt.getTask().isEmpty() ? "" : ", task " + attempt.getTask();
    return "on %s%s, process %d, %s %s"
        .formatted(attempt.getHost(), task, attempt.getProcess(), when, attempt.getStarted());
  }
}
