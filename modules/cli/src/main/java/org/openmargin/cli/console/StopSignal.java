package org.openmargin.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.openmargin.trainer.RunListener;

/**
 * Lets a training end well if the process is told to stop, by Ctrl-C or SIGTERM: the step is
 * finished, a checkpoint is written, and the command to go on is printed. The exit code is then 130
 * or 143.
 */
public final class StopSignal {
  private final Console console;
  private final String goOn;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean started;
  private volatile boolean stopping;

  /**
   * @param goOn the command that resumes
   */
  public StopSignal(Console console, String goOn) {
    this.console = console;
    this.goOn = goOn;
  }

  /** Has to follow the training. */
  public RunListener listener() {
    return new RunListener() {
      @Override
      public void started(Start start) {
        started = true;
      }

      @Override
      public boolean interrupts() {
        return stopping;
      }
    };
  }

  /** Runs {@code work}; if the process is stopped meanwhile, this never returns. */
  public <T> T during(Supplier<T> work) {
    var hook = new Thread(this::stop, "stop-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      ended.countDown();
      if (!remove(hook)) {
        waitForTheEnd(hook);
      }
    }
  }

  /** Runs while the JVM shuts down. */
  private void stop() {
    stopping = true;
    if (!started) {
      console.error("stopped before the first step");
      return;
    }
    console.remark("stopping after this step, with a checkpoint");
    try {
      ended.await();
      console.error("stopped; to go on: " + goOn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False if the JVM is already shutting down. */
  private static boolean remove(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** The JVM halts once its hooks have ended; until then nothing more may be done or printed. */
  private static void waitForTheEnd(Thread hook) {
    try {
      hook.join();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
