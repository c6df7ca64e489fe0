package org.openmargin.spark.trial;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Arguments of {@link TrialJob}, as {@code openmargin benchmark submit} writes them.
 *
 * @param trials their numbers
 * @param atOnce trials at the same time, at most
 * @param retries further attempts at a trial that failed
 */
record TrialArguments(List<Integer> trials, int atOnce, int retries, TrialProcess process) {
  static final String USAGE =
      "--trials 0-3,7 --parallel N --retries N --grace SECONDS --folder DIR --logs DIR -- COMMAND...";

  /** Threads that wait for trials; Spark itself queues the tasks. */
  private static final int MOST_AT_ONCE = 1000;

  TrialArguments {
    trials = List.copyOf(trials);
  }

  /**
   * @throws IllegalArgumentException if they are not as {@link #USAGE} says
   */
  static TrialArguments of(List<String> arguments) {
    var end = arguments.indexOf("--");
    if (end < 0 || end % 2 != 0 || end + 1 == arguments.size()) {
      throw new IllegalArgumentException("expected: " + USAGE);
    }
    Map<String, String> options = new HashMap<>();
    for (var i = 0; i < end; i += 2) {
      options.put(arguments.get(i), arguments.get(i + 1));
    }
    var trials = numbers(given(options, "--trials"));
    var parallel = Integer.parseInt(given(options, "--parallel"));
    var most = parallel == 0 ? MOST_AT_ONCE : parallel;
    var process =
        new TrialProcess(
            arguments.subList(end + 1, arguments.size()),
            given(options, "--folder"),
            given(options, "--logs"),
            Integer.parseInt(given(options, "--grace")));
    return new TrialArguments(
        trials,
        Math.min(most, trials.size()),
        Integer.parseInt(given(options, "--retries")),
        process);
  }

  private static String given(Map<String, String> options, String name) {
    if (!options.containsKey(name)) {
      throw new IllegalArgumentException("%s is missing; expected: %s".formatted(name, USAGE));
    }
    return options.get(name);
  }

  /** Whole numbers and ranges of them. */
  private static List<Integer> numbers(String text) {
    return Stream.of(text.split(",", -1)).flatMapToInt(TrialArguments::range).boxed().toList();
  }

  private static IntStream range(String text) {
    var ends = text.split("-", -1);
    return IntStream.rangeClosed(
        Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
  }
}
