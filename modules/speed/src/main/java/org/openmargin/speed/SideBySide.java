package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Classifier, bare session and Python take turns of a fraction of a second, so that other load on
 * the machine affects all alike; the starter alternates from round to round. All of them reload the
 * model in each sitting, because where its weights are in memory makes a difference.
 */
final class SideBySide {
  private static final String CLASSIFIER = "classifier";
  private static final String RAW = "raw session.run";
  private static final double TURN_MILLIS = 300;
  private static final double WARM_UP_MILLIS = 2000;

  private final FreshModel model;
  private final Request request;
  private final int threads;
  private final List<String> python;
  private final Map<String, List<Turn>> turns = new LinkedHashMap<>();

  private SideBySide(FreshModel model, Request request, int threads, List<String> python) {
    this.model = model;
    this.request = request;
    this.threads = threads;
    this.python = python;
  }

  /**
   * Arguments: folder of the models, network, input, images per request, concurrent threads,
   * sittings, rounds per sitting; then, to include Python, the command that starts it.
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var network = ServedNetwork.valueOf(args[1]);
    var model = new FreshModel(network, Path.of(args[0]));
    var input = Request.Input.valueOf(args[2]);
    var count = Integer.parseInt(args[3]);
    var threads = Integer.parseInt(args[4]);
    var request = Request.of(network, input, count);
    var python = List.of(args).subList(7, args.length);
    var comparison = new SideBySide(model, request, threads, python);
    System.out.printf("%s, %s, %d per request, %d threads%n", network, input, count, threads);
    for (var sitting = 0; sitting < Integer.parseInt(args[5]); sitting++) {
      comparison.sitting(Integer.parseInt(args[6]), sitting % 2 == 1);
    }
    comparison.report();
  }

  private void sitting(int rounds, boolean reversed) throws IOException {
    var runners = new ArrayList<TimedRunner>();
    try {
      for (var kind : order(List.of(ModelRunner.Kind.values()), reversed)) {
        var name = kind == ModelRunner.Kind.CLASSIFIER ? CLASSIFIER : RAW;
        runners.add(
            new TimedRunner.InThisProcess(name, kind.load(model.directory()), request, threads));
      }
      if (!python.isEmpty()) {
        runners.add(PythonRunner.start(python, model, request));
      }
      if (turns.isEmpty()) {
        Agreement.check(runners, request);
        runners.forEach(runner -> turns.put(runner.name(), new ArrayList<>()));
      }
      rounds(runners, rounds);
    } finally {
      runners.forEach(TimedRunner::close);
    }
  }

  private void rounds(List<TimedRunner> runners, int rounds) throws IOException {
    var calls = Integer.MAX_VALUE;
    for (var runner : runners) {
      var first = runner.turn(2).median();
      var typical = runner.turn(atLeastTwo(WARM_UP_MILLIS / first)).median();
      calls = Math.min(calls, atLeastTwo(TURN_MILLIS / typical));
    }
    for (var round = 0; round < rounds; round++) {
      for (var runner : order(runners, round % 2 == 1)) {
        turns.get(runner.name()).add(runner.turn(calls));
      }
    }
  }

  private static int atLeastTwo(double calls) {
    return (int) Math.max(2, Math.min(calls, 2000));
  }

  private static <T> List<T> order(List<T> list, boolean reversed) {
    var ordered = new ArrayList<>(list);
    if (reversed) {
      Collections.reverse(ordered);
    }
    return ordered;
  }

  private void report() {
    turns.forEach(this::report);
    var ours = turns.get(CLASSIFIER);
    turns.forEach(
        (name, others) -> {
          if (!name.equals(CLASSIFIER)) {
            System.out.printf(
                "  time of the classifier / %s, %d rounds: %s; by CPU time: %s%n",
                name,
                others.size(),
                Quantiles.ofRatios(ours, others, Turn::median),
                Quantiles.ofRatios(ours, others, Turn::cpuMillis));
          }
        });
  }

  private void report(String name, List<Turn> all) {
    var calls = Quantiles.of(all.stream().flatMapToDouble(t -> Arrays.stream(t.millis().sorted())));
    System.out.printf(
        "  %-32s p50 %.3f  p90 %.3f  p99 %.3f ms; CPU time %.3f ms; %.0f images/s (%d calls)%n",
        name,
        calls.median(),
        calls.at(0.9),
        calls.at(0.99),
        Quantiles.of(all.stream().mapToDouble(Turn::cpuMillis)).median(),
        request.contents().size() * threads * 1000 / calls.median(),
        calls.sorted().length);
  }
}
