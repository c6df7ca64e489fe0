package org.openmargin.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.openmargin.data.WorkListener;

/**
 * What a command is doing, on standard error: on a terminal one line that is redrawn and removed
 * before others are printed; elsewhere a line when a piece of work begins.
 */
public final class StatusLine implements WorkListener {
  private static final int BAR = 24;
  private static final String CLEAR = "\r\033[K";

  private final PrintStream err;
  private final Terminal terminal;
  private final TimeLeft timeLeft;
  private String work = "";
  private long shown = -1;
  private boolean drawn;
  private boolean muted;

  StatusLine(PrintStream err, Terminal terminal) {
    this(err, terminal, System::nanoTime);
  }

  /**
   * @param nanos a clock
   */
  StatusLine(PrintStream err, Terminal terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.timeLeft = new TimeLeft(nanos);
  }

  /** From now on, nothing is printed. */
  synchronized void mute() {
    clear();
    muted = true;
  }

  synchronized boolean muted() {
    return muted;
  }

  /** Work that is usually short: shown on a terminal only. */
  public void brief(String what) {
    if (terminal.errors()) {
      begin(what);
    }
  }

  @Override
  public synchronized void at(String what, long done, long total) {
    var percent = total > 0 ? 100 * done / total : 0;
    var begins = !what.equals(work);
    if (begins) {
      timeLeft.begin();
    }
    if (muted || (!begins && percent == shown)) {
      return;
    }
    work = what;
    shown = percent;
    if (terminal.errors()) {
      var left = timeLeft.at(done, total);
      draw(total > 0 ? what + " " + bar(percent) + of(done, total) + left : what);
    } else if (begins) {
      err.println(what);
    }
  }

  private static String bar(long percent) {
    var filled = (int) (percent * BAR / 100);
    return "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "]";
  }

  private static String of(long done, long total) {
    return String.format(Locale.ROOT, " %,d of %,d", done, total);
  }

  /** One column stays free: a full line would wrap on some terminals. */
  private void draw(String text) {
    var widest = Math.max(0, terminal.columns() - 1);
    err.print(CLEAR + text.substring(0, Math.min(widest, text.length())));
    err.flush();
    drawn = true;
  }

  /** Removes the line, so that others can be printed. */
  public synchronized void clear() {
    if (drawn) {
      err.print(CLEAR);
      err.flush();
      drawn = false;
      shown = -1;
    }
  }
}
