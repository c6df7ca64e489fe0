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
 * Classifier, bare session and Python take turns of a fraction of a second, so that what else the
 * machine does meets all alike; who begins changes from round to round. In each sitting all of them
 * load the model anew: where its weights happen to lie in memory makes a difference.
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
   * Arguments: folder of the models, network, input, images per request, threads that ask at once,
   * sittings, rounds of each; then, to have Python take part, how to start it.
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
    var contest = new SideBySide(model, request, threads, python);
    System.out.printf("%s, %s, %d per request, %d threads%n", network, input, count, threads);
    for (var sitting = 0; sitting < Integer.parseInt(args[5]); sitting++) {
      contest.sitting(Integer.parseInt(args[6]), sitting % 2 == 1);
    }
    contest.report();
  }

  private void sitting(int rounds, boolean reversed) throws IOException {
    var players = new ArrayList<Player>();
    try {
      for (var kind : order(List.of(Contestant.Kind.values()), reversed)) {
        var name = kind == Contestant.Kind.CLASSIFIER ? CLASSIFIER : RAW;
        players.add(new Player.InThisProcess(name, kind.load(model.directory()), request, threads));
      }
      if (!python.isEmpty()) {
        players.add(PythonPlayer.start(python, model, request));
      }
      if (turns.isEmpty()) {
        Agreement.check(players, request);
        players.forEach(player -> turns.put(player.name(), new ArrayList<>()));
      }
      rounds(players, rounds);
    } finally {
      players.forEach(Player::close);
    }
  }

  private void rounds(List<Player> players, int rounds) throws IOException {
    var calls = Integer.MAX_VALUE;
    for (var player : players) {
      var first = player.turn(2).median();
      var typical = player.turn(atLeastTwo(WARM_UP_MILLIS / first)).median();
      calls = Math.min(calls, atLeastTwo(TURN_MILLIS / typical));
    }
    for (var round = 0; round < rounds; round++) {
      for (var player : order(players, round % 2 == 1)) {
        turns.get(player.name()).add(player.turn(calls));
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
    for (var other : turns.keySet()) {
      if (!other.equals(CLASSIFIER)) {
        var comparison = new Comparison(turns.get(CLASSIFIER), turns.get(other));
        var time = comparison.quartiles(Turn::median);
        var cpu = comparison.quartiles(Turn::cpuMillis);
        System.out.printf(
            "  time of the classifier / %s: median of %d rounds %.3f (quartiles %.3f, %.3f); by CPU time %.3f (%.3f, %.3f)%n",
            other, turns.get(other).size(), time[1], time[0], time[2], cpu[1], cpu[0], cpu[2]);
      }
    }
  }

  private void report(String name, List<Turn> all) {
    var calls = all.stream().flatMapToDouble(t -> Arrays.stream(t.millis())).sorted().toArray();
    var cpu = all.stream().mapToDouble(Turn::cpuMillis).sorted().toArray();
    var middle = Turn.quantile(calls, 0.5);
    System.out.printf(
        "  %-32s p50 %.3f  p90 %.3f  p99 %.3f ms; CPU time %.3f ms; %.0f images/s (%d calls)%n",
        name,
        middle,
        Turn.quantile(calls, 0.9),
        Turn.quantile(calls, 0.99),
        Turn.quantile(cpu, 0.5),
        request.contents().size() * threads * 1000 / middle,
        calls.length);
  }
}
