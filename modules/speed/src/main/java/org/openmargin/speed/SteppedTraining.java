package org.openmargin.speed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Trains in its own thread: one window of steps per turn; sleeps in between. */
abstract class SteppedTraining {
  private final String name;
  private final Semaphore go = new Semaphore(0);
  private final Thread thread;
  private volatile CompletableFuture<Window> next = new CompletableFuture<>();
  private volatile boolean finishing;
  private long began;
  private long cpuBegan;
  private double firstLoss = Double.NaN;
  private volatile long firstStepMillis;

  /**
   * Cost of a window of steps.
   *
   * @param millis per step
   * @param cpuMillis processor time of the whole process per step
   * @param loss mean
   */
  record Window(double millis, double cpuMillis, double loss) {}

  SteppedTraining(String name) {
    this.name = name;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Trains until {@link #isFinishing}, and calls {@link #windowDone} after each window. */
  abstract void train() throws Exception;

  private void run() {
    try {
      began();
      train();
      if (!finishing) {
        next.completeExceptionally(new IllegalStateException(name + " has ended"));
      }
    } catch (Throwable e) {
      next.completeExceptionally(e);
    }
  }

  private void began() {
    began = System.nanoTime();
    cpuBegan = ProcessUse.cpuNanos();
  }

  /** Runs one window; the first one includes building the graph. */
  final Window turn() {
    if (thread.isAlive()) {
      next = new CompletableFuture<>();
      go.release();
    } else {
      thread.start();
    }
    var window = next.join();
    firstLoss = Double.isNaN(firstLoss) ? window.loss() : firstLoss;
    return window;
  }

  /** Called by the training thread at the end of a window. */
  final void windowDone(int steps, double loss) {
    if (finishing) {
      return;
    }
    var millis = (System.nanoTime() - began) * 1e-6 / steps;
    var cpuMillis = (ProcessUse.cpuNanos() - cpuBegan) * 1e-6 / steps;
    next.complete(new Window(millis, cpuMillis, loss));
    go.acquireUninterruptibly();
    began();
  }

  /** Lets training run to its end; fails if it fails. */
  final void finish() throws InterruptedException {
    finishing = true;
    next = new CompletableFuture<>();
    go.release();
    thread.join();
    if (next.isDone()) {
      next.join();
    }
  }

  final boolean isFinishing() {
    return finishing;
  }

  final void firstStepAt(long millis) {
    firstStepMillis = millis;
  }

  /** End of the first step, in {@link System#currentTimeMillis}. */
  final long firstStepMillis() {
    return firstStepMillis;
  }

  final double firstLoss() {
    return firstLoss;
  }

  final String name() {
    return name;
  }
}
