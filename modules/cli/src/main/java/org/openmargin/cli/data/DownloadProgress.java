package org.openmargin.cli.data;

import java.util.Locale;
import org.openmargin.cli.console.Console;
import org.openmargin.data.download.Download;

/** A bar on a terminal; otherwise a line per tenth. */
public final class DownloadProgress implements Download.Progress, AutoCloseable {
  private static final int BAR = 40;
  private static final double MIB = 1 << 20;

  private final Console console;
  private long shown = -1;

  public DownloadProgress(Console console) {
    this.console = console;
  }

  @Override
  public void at(long done, long total) {
    // Unknown length: a line, or one redraw, per 10 MiB.
    var terminal = console.terminal().errors();
    var parts = terminal ? 100 : 10;
    var part = total > 0 ? done * parts / total : done / (10 << 20);
    if (part == shown) {
      return;
    }
    shown = part;
    var size = total > 0 ? "%.1f of %.1f MiB" : "%.1f MiB";
    var text = String.format(Locale.ROOT, size, done / MIB, total / MIB);
    if (terminal) {
      var filled = total > 0 ? (int) (done * BAR / total) : 0;
      console.status().begin("[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + text);
    } else {
      console.remark(text);
    }
  }

  @Override
  public void close() {
    console.status().clear();
  }
}
