package org.openmargin.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output that ends a command when nobody reads it any more, as behind {@code | head}: a
 * {@link java.io.PrintStream} would swallow that, and the command would work on for nobody.
 */
final class PipedOutput extends FilterOutputStream {
  /** Set by the launcher if standard output is a pipe, whose disk cannot be full. */
  private static final String PIPE = "openmargin.pipe";

  PipedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      throw unlessBroken(e);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw unlessBroken(e);
    }
  }

  private static IOException unlessBroken(IOException e) {
    if (Boolean.getBoolean(PIPE)
        || String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")) {
      throw new NoReaderException(e);
    }
    return e;
  }
}
