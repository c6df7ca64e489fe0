package org.openmargin.spark.trial;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.LoggerFactory;

/**
 * The application that {@code spark-submit} starts for {@code openmargin benchmark submit --on
 * MASTER}. Each trial is a Spark job of one task, so that one that loses its executor again and
 * again takes no other with it. Ends with 4 if a trial has no result.
 */
public final class TrialJob {
  private static final int TRAINING = 4;

  /** Before another look at a trial that another process trains. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private TrialJob() {}

  public static void main(String[] args) throws InterruptedException {
    var arguments = TrialArguments.of(List.of(args));
    Map<Integer, String> failures;
    try (var context = new JavaSparkContext(new SparkConf())) {
      failures = run(context, arguments, PAUSE);
    }
    if (!failures.isEmpty()) {
      System.exit(TRAINING);
    }
  }

  /**
   * Runs all trials.
   *
   * @return why trials have no result, by their number
   */
  static Map<Integer, String> run(
      JavaSparkContext context, TrialArguments arguments, Duration pause)
      throws InterruptedException {
    var failures = new TreeMap<Integer, String>();
    var threads = Executors.newFixedThreadPool(arguments.atOnce());
    try {
      var futures = new TreeMap<Integer, Future<String>>();
      for (var trial : arguments.trials()) {
        var attempts = new TrialAttempts(context, arguments, trial);
        futures.put(trial, threads.submit(() -> attempts.run(pause)));
      }
      for (var entry : futures.entrySet()) {
        var failure = entry.getValue().get();
        if (!failure.isEmpty()) {
          LoggerFactory.getLogger(TrialJob.class).warn("trial {}: {}", entry.getKey(), failure);
          failures.put(entry.getKey(), failure);
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return failures;
  }
}
