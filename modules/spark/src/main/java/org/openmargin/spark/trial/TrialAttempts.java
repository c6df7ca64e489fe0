package org.openmargin.spark.trial;

import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Attempts at one trial, one after another, wherever there is room. Spark repeats what an executor
 * took with it; what an exit code means is decided here.
 */
record TrialAttempts(JavaSparkContext context, TrialArguments arguments, int trial) {
  /** Wrong arguments or images, or a trial that would fail again. */
  private static final List<Integer> FINAL = List.of(2, 3, 42);

  /** Another process trains it, or it was told to stop and left a checkpoint (Ctrl-C, SIGTERM). */
  private static final List<Integer> AGAIN = List.of(75, 130, 143);

  private static final int MOST_UNCOUNTED = 1000;

  /**
   * @param pause before another attempt that does not count
   * @return why there is no result; empty if there is one
   */
  String run(Duration pause) throws InterruptedException {
    try {
      return untilItEnds(pause);
    } catch (SparkException | IllegalStateException e) {
      return "Spark gave it up: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }

  private String untilItEnds(Duration pause) throws InterruptedException, SparkException {
    var failed = 0;
    var uncounted = 0;
    for (var code = attempt(); code != 0; code = attempt()) {
      if (AGAIN.contains(code) && uncounted < MOST_UNCOUNTED) {
        uncounted++;
        Thread.sleep(pause.toMillis());
      } else if (FINAL.contains(code) || failed == arguments.retries()) {
        return "ended with exit code %d; see %s".formatted(code, arguments.process().log(trial));
      } else {
        failed++;
      }
    }
    return "";
  }

  /** The exit code of the trial's process on some executor. */
  private int attempt() throws SparkException {
    var process = arguments.process();
    // The process is told to stop if its job is cancelled.
    context.setJobGroup("trial " + trial, "trial " + trial, true);
    return context.parallelize(List.of(trial), 1).map(number -> process.run(number)).first();
  }
}
