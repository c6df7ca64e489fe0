package org.openmargin.trainer;

import java.util.function.LongSupplier;

/** Training time, without checkpoints and validations. */
final class Stopwatch {
  private final int batchSize;
  private final LongSupplier waitedNanos;
  private long began;
  private long stepNanos;
  private long runningSince;
  private long stepsRun;
  private long firstStepMillis;
  private Mark log = new Mark(0, 0, 0);

  private record Mark(long steps, long nanos, long waitedNanos) {}

  /**
   * @param waitedNanos how long steps have waited for their images so far
   */
  Stopwatch(int batchSize, LongSupplier waitedNanos) {
    this.batchSize = batchSize;
    this.waitedNanos = waitedNanos;
  }

  void start() {
    began = System.nanoTime();
    runningSince = began;
  }

  void pause() {
    stepNanos += System.nanoTime() - runningSince;
  }

  void resume() {
    runningSince = System.nanoTime();
  }

  void stepDone() {
    if (stepsRun++ == 0) {
      firstStepMillis = System.currentTimeMillis();
    }
  }

  /** Speed since the last call. */
  RunListener.Speed speed(long stepsLeft) {
    var now = mark();
    var seconds = (now.nanos() - log.nanos()) * 1e-9;
    var stepsPerSecond = (now.steps() - log.steps()) / Math.max(seconds, 1e-9);
    var waited = (now.waitedNanos() - log.waitedNanos()) * 1e-9 / Math.max(seconds, 1e-9);
    var left = stepsLeft * (System.nanoTime() - began) * 1e-9 / stepsRun;
    log = now;
    return new RunListener.Speed(stepsPerSecond * batchSize, left, waited);
  }

  private Mark mark() {
    var nanos = stepNanos + System.nanoTime() - runningSince;
    return new Mark(stepsRun, nanos, waitedNanos.getAsLong());
  }

  Trainer.Outcome outcome(Checkpoint newest, Trainer.End end) {
    var training = (stepNanos + System.nanoTime() - runningSince) * 1e-9;
    return new Trainer.Outcome(
        newest,
        stepsRun,
        (System.nanoTime() - began) * 1e-9,
        stepsRun * batchSize / Math.max(training, 1e-9),
        waitedNanos.getAsLong() * 1e-9,
        firstStepMillis,
        end);
  }
}
