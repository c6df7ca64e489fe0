package org.openmargin.files;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that is given no input and does not outlive this one. */
public final class ChildProcess {
  private final Process process;
  private final Optional<Duration> grace;
  private final Thread atExit = new Thread(this::stop, "stop-child");

  private ChildProcess(Process process, Optional<Duration> grace) {
    this.process = process;
    this.grace = grace;
  }

  /**
   * Starts it. It is told to stop when this process ends.
   *
   * @param grace from the signal to stop to the forced end; empty: it may take its time
   * @throws IOException if it cannot be started
   */
  public static ChildProcess start(ProcessBuilder program, Optional<Duration> grace)
      throws IOException {
    var process = program.start();
    var child = new ChildProcess(process, grace);
    try {
      Runtime.getRuntime().addShutdownHook(child.atExit);
    } catch (IllegalStateException e) {
      // This process is ending.
      child.stop();
    }
    process.getOutputStream().close();
    return child;
  }

  /**
   * Waits for its end.
   *
   * @return its exit code
   * @throws InterruptedException if this thread was told to stop; the process has ended then, too
   */
  public int waitFor() throws InterruptedException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      stop();
      throw e;
    } finally {
      withdraw();
    }
  }

  private void stop() {
    process.destroy();
    try {
      if (grace.isEmpty()) {
        process.waitFor();
      } else if (!process.waitFor(grace.get().toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void withdraw() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // Already stopping, and the child too.
    }
  }
}
