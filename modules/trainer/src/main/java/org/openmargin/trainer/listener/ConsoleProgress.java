package org.openmargin.trainer.listener;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.trainer.RunListener;

/**
 * Shows progress: a redrawn bar on a terminal, an occasional plain line elsewhere, and a permanent
 * line after each validation.
 */
public final class ConsoleProgress implements RunListener {
  private static final int BAR = 24;
  private static final int PLAIN_LINES_PER_RUN = 20;
  private static final int USUAL_COLUMNS = 80;

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private long plainLines;

  /**
   * For a terminal of usual width.
   *
   * @param terminal whether the cursor can move back
   */
  public ConsoleProgress(PrintStream out, boolean terminal) {
    this(out, terminal, USUAL_COLUMNS);
  }

  /**
   * @param terminal whether the cursor can move back
   * @param columns of the terminal: a longer line could not be redrawn
   */
  public ConsoleProgress(PrintStream out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
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
    var figures = figures(p);
    if (terminal) {
      out.print("\r" + fitted(p.at(), figures) + "\033[K");
      out.flush();
    } else if (p.at().step() * PLAIN_LINES_PER_RUN / p.at().steps() > plainLines) {
      plainLines = p.at().step() * PLAIN_LINES_PER_RUN / p.at().steps();
      out.println(
          "step " + p.at().step() + "/" + p.at().steps() + " " + String.join("  ", figures));
    }
  }

  /** On a narrow terminal the bar goes first, then the middle figures: loss and time stay. */
  private String fitted(Position at, List<String> figures) {
    var epoch = "epoch " + at.epoch() + "/" + at.epochs() + " ";
    var percent = 100 * at.step() / at.steps() + "% ";
    var kept = new ArrayList<>(figures);
    var line = epoch + bar(at) + percent + String.join("  ", kept);
    while (line.length() >= columns && kept.size() > 1) {
      line = epoch + percent + String.join("  ", kept);
      kept.remove(kept.size() - 2);
    }
    return line.substring(0, Math.min(line.length(), Math.max(0, columns - 1)));
  }

  private static String bar(Position at) {
    var filled = (int) (at.step() * BAR / at.steps());
    return "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] ";
  }

  /** Loss first, remaining time last. */
  private static List<String> figures(Progress p) {
    return List.of(
        number("loss %.4f", p.loss()),
        number("scale %.2f", p.head().scale()),
        number("rate %.1e", p.learningRate()),
        number("%.0f images/s", p.speed().imagesPerSecond()) + waiting(p.speed().inputWait()),
        time(p.speed().secondsLeft()) + " left");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Empty if steps wait for less than 1 % of the time. */
  private static String waiting(double share) {
    return share < 0.01 ? "" : String.format(Locale.ROOT, " (%.0f %% waiting)", 100 * share);
  }

  private static String time(double seconds) {
    var whole = Math.round(seconds);
    return whole >= 3600
        ? String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  @Override
  public Verdict validated(Validation v) {
    var parts = new ArrayList<String>();
    parts.add("epoch " + v.at().epoch() + "/" + v.at().epochs());
    parts.add(number("loss %.4f", v.trainLoss()));
    parts.add(number("known validation accuracy %.4f", v.accuracy()) + (v.best() ? " (best)" : ""));
    parts.add(number("scale %.2f", v.head().scale()));
    parts.add(number("validation loss %.4f", v.loss()));
    v.head()
        .prototypeCosine()
        .ifPresent(cosine -> parts.add(number("prototypes' cosine %.2f", cosine)));
    while (terminal && String.join("  ", parts).length() >= columns && parts.size() > 3) {
      parts.remove(parts.size() - 1);
    }
    out.println((terminal ? "\r\033[K" : "") + String.join("  ", parts));
    return Verdict.GO_ON;
  }
}
