package org.openmargin.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.EvaluationReport;

/** A line for each start and end of a trial. */
final class ProgressLog {
  private final Consumer<String> lines;
  private final Set<PlannedTrial> busy = new HashSet<>();
  private Instant began = Instant.now();
  private int toDo;

  ProgressLog(Consumer<String> lines) {
    this.lines = lines;
  }

  synchronized void begin(int trials) {
    began = Instant.now();
    toDo = trials;
  }

  synchronized void started(PlannedTrial trial, int attempt) {
    if (!busy.contains(trial)) {
      line(trial, attempt == 0 ? "started" : "attempt " + (attempt + 1));
    }
  }

  synchronized void busy(PlannedTrial trial) {
    if (busy.add(trial)) {
      line(trial, "another process is training it");
    }
  }

  synchronized void skipped(PlannedTrial trial, String reason) {
    line(
        trial,
        "failed before and would fail again: %s (retry with --retry-failed)".formatted(reason));
  }

  synchronized void ended(PlannedTrial trial, TrialOutcome outcome, Duration took, int left) {
    if (outcome instanceof TrialOutcome.Done done) {
      line(trial, figures(done.result().getEvaluation()) + " in " + words(took) + timeLeft(left));
    } else if (outcome instanceof TrialOutcome.Refused refused) {
      line(trial, "failed and would fail again: " + refused.message() + timeLeft(left));
    } else if (outcome instanceof TrialOutcome.Failed failed) {
      line(trial, "failed: " + failed.message() + timeLeft(left));
    }
  }

  private void line(PlannedTrial trial, String text) {
    lines.accept("#%d %s: %s".formatted(trial.index(), trial.name(), text));
  }

  private static String figures(EvaluationReport report) {
    if (!report.getOpenSetNotMeasured().isEmpty()) {
      return String.format(
          Locale.ROOT,
          "ACC %.1f; open set not measured: %s",
          100 * report.getAcc(),
          report.getOpenSetNotMeasured());
    }
    return String.format(
        Locale.ROOT,
        "ACC %.1f, AUROC %.1f, OSCR %.1f",
        100 * report.getAcc(),
        100 * report.getAuroc(),
        100 * report.getOscr());
  }

  /** Assumes that the remaining trials take as long as those that ended. */
  private String timeLeft(int left) {
    if (left == 0) {
      return "";
    }
    var sinceBegin = Duration.between(began, Instant.now());
    var ended = Math.max(1, toDo - left);
    return "; %d left, about %s"
        .formatted(left, words(sinceBegin.multipliedBy(left).dividedBy(ended)));
  }

  private static String words(Duration time) {
    if (time.toHours() > 0) {
      return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d s".formatted(time.toSeconds());
  }
}
