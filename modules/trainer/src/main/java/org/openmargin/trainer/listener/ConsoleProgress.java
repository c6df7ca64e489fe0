package org.openmargin.trainer.listener;

import java.io.PrintStream;
import java.util.Locale;
import org.openmargin.trainer.RunListener;

/**
 * Shows progress: a redrawn bar on a terminal, an occasional plain line elsewhere, and a permanent
 * line after each validation.
 */
public final class ConsoleProgress implements RunListener {
  private static final int BAR = 24;
  private static final int PLAIN_LINES_PER_RUN = 20;
  private final PrintStream out;
  private final boolean terminal;
  private long plainLines;

  /**
   * @param terminal whether the cursor can move back
   */
  public ConsoleProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void started(Start s) {
    out.printf(
        Locale.ROOT,
        "training %,d weights: %s, %s%s%n",
        s.trainedWeights(),
        counted(s.epochs(), "epoch"),
        counted(s.steps(), "step"),
        s.stepsDone() > 0 ? ", resumed after step " + s.stepsDone() : "");
    plainLines = s.stepsDone() * PLAIN_LINES_PER_RUN / Math.max(1, s.steps());
  }

  private static String counted(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  @Override
  public void progressed(Progress p) {
    if (terminal) {
      out.print("\r" + bar(p.at()) + " " + figures(p) + "\033[K");
      out.flush();
    } else if (p.at().step() * PLAIN_LINES_PER_RUN / p.at().steps() > plainLines) {
      plainLines = p.at().step() * PLAIN_LINES_PER_RUN / p.at().steps();
      out.println("step " + p.at().step() + "/" + p.at().steps() + " " + figures(p));
    }
  }

  private static String bar(Position at) {
    var filled = (int) (at.step() * BAR / at.steps());
    return "epoch %d/%d [%s%s] %d%%"
        .formatted(
            at.epoch(),
            at.epochs(),
            "=".repeat(filled),
            " ".repeat(BAR - filled),
            100 * at.step() / at.steps());
  }

  private static String figures(Progress p) {
    return String.format(
        Locale.ROOT,
        "loss %.4f  scale %.2f  rate %.1e  %.0f images/s%s  %s left",
        p.loss(),
        p.head().scale(),
        p.learningRate(),
        p.speed().imagesPerSecond(),
        waiting(p.speed().inputWait()),
        time(p.speed().secondsLeft()));
  }

  /** Empty if steps wait for less than 1 % of the time. */
  private static String waiting(double share) {
    return share < 0.01 ? "" : String.format(Locale.ROOT, " (%.0f %% waiting)", 100 * share);
  }

  private static String time(double seconds) {
    var whole = Math.round(seconds);
    return whole >= 3600
        ? "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60)
        : "%d:%02d".formatted(whole / 60, whole % 60);
  }

  @Override
  public Verdict validated(Validation v) {
    out.printf(
        Locale.ROOT,
        "%sepoch %d/%d  loss %.4f  known validation loss %.4f, accuracy %.4f%s  scale %.2f%s%n",
        terminal ? "\r\033[K" : "",
        v.at().epoch(),
        v.at().epochs(),
        v.trainLoss(),
        v.loss(),
        v.accuracy(),
        v.best() ? " (best)" : "",
        v.head().scale(),
        cosine(v.head()));
    return Verdict.GO_ON;
  }

  private static String cosine(Head head) {
    return head.prototypeCosine().isPresent()
        ? String.format(
            Locale.ROOT, "  prototypes' cosine %.2f", head.prototypeCosine().getAsDouble())
        : "";
  }
}
