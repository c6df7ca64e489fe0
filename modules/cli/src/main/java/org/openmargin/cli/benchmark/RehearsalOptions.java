package org.openmargin.cli.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.benchmark.rehearsal.Rehearsal;
import org.openmargin.benchmark.rehearsal.RehearsalRequest;
import org.openmargin.cli.console.DeviceOption;
import org.openmargin.cli.console.Overrides;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to rehearse, and where its files are. */
final class RehearsalOptions {
  private static final String THREADS = "runtime.intra_op_threads";

  @Parameters(paramLabel = "EXPERIMENT", description = "An experiment, as a .textproto file.")
  private Path file;

  @Mixin private Overrides overrides;

  @Option(
      names = "--grid",
      paramLabel = "FILE",
      description = {
        "The candidates: ways of training, ways of scoring and views, as a .textproto file.",
        "Default: with and without quarter turns; 11 ways of scoring with 1, 2 or 8 views."
      })
  private Optional<Path> grid;

  @Option(
      names = "--candidate",
      paramLabel = "NAME: PATH=VALUE; ...",
      description = {
        "A further candidate: a way of scoring if it changes only scoring, else a way of training.",
        "Repeatable."
      })
  private List<String> candidates = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "S,S",
      split = ",",
      defaultValue = "0,1",
      description = "Seeds; every fold is trained with each. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds;

  @Option(
      names = "--folds",
      paramLabel = "MOST",
      defaultValue = "" + RehearsalRequest.DEFAULT_FOLDS,
      description = {
        "Folds at most: each known class is held out once and, of at least five, also pairs;",
        "of more, a sample. Default: ${DEFAULT-VALUE}."
      })
  private int folds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where trainings and figures are. Default: rehearsals/<name>.")
  private Optional<Path> work;

  @Mixin private DeviceOption device;

  Rehearsal read() {
    var all = List.of(overrides.with(device.overrides()));
    var request = new RehearsalRequest(file, all, grid, candidates, seeds, folds);
    var rehearsal = Rehearsal.read(request);
    return work.map(rehearsal::in).orElse(rehearsal);
  }

  /** In parallel, each training gets its share of the cores, unless the user sets a number. */
  List<String> threads(int parallel) {
    if (parallel == 1
        || overrides.toList().stream().anyMatch(set -> set.startsWith(THREADS + "="))) {
      return List.of();
    }
    var share = Math.max(1, Runtime.getRuntime().availableProcessors() / parallel);
    return List.of(THREADS + "=" + share);
  }

  /**
   * Arguments for another process with the same rehearsal.
   *
   * @param threads overrides that change nothing but speed
   */
  List<String> arguments(List<String> threads) {
    var more = new ArrayList<>(device.overrides());
    more.addAll(threads);
    var arguments = new ArrayList<>(List.of(file.toString()));
    arguments.addAll(overrides.arguments(more));
    grid.ifPresent(path -> arguments.addAll(List.of("--grid", path.toString())));
    candidates.forEach(candidate -> arguments.addAll(List.of("--candidate", candidate)));
    var list = seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
    arguments.addAll(List.of("--seeds", list, "--folds", Integer.toString(folds)));
    work.ifPresent(path -> arguments.addAll(List.of("--work", path.toString())));
    return arguments;
  }
}
