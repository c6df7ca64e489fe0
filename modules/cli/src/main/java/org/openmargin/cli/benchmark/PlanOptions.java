package org.openmargin.cli.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.cli.console.Overrides;
import org.openmargin.cluster.TrialCommand.Argument;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A plan and where its files are. */
final class PlanOptions {
  private static final Path USUAL = Path.of("benchmarks", "results");

  @Parameters(paramLabel = "PLAN", description = "A benchmark plan, as a .textproto file.")
  private Path file;

  @Mixin private Overrides overrides;

  @Option(
      names = "--sweep",
      paramLabel = "PATH=A,B",
      description = {
        "Add methods: the baseline (without one, the plan's experiment) with each of these values",
        "of a field, for example loss.omcl.threshold=0,0.1,0.2. Repeatable; repeat it in every",
        "command on these results."
      })
  private List<String> sweeps = new ArrayList<>();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = {
        "Where results are: DIR/<plan>.jsonl once collected, DIR/<plan>/ before.",
        "Default: benchmarks/results; commands that only read also look for results/ beside the",
        "plan, and for the results that come with OpenMargin (tools/benchmarks/results)."
      })
  private Optional<Path> results;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where run folders are: DIR/<plan>/. Default: ${DEFAULT-VALUE}.",
      defaultValue = "benchmarks/runs")
  private Path work;

  Benchmark read(List<String> more) {
    results.ifPresent(folder -> requireFolder("--results", folder));
    requireFolder("--work", work);
    var benchmark = Benchmark.read(file, List.of(overrides.with(more)), sweeps);
    return benchmark.in(results.orElse(USUAL), work);
  }

  /**
   * Reads the plan for a command that only reads results.
   *
   * @throws RunException if the folder of results does not exist; a wrong plan is reported first
   */
  Benchmark readResults() {
    var benchmark = found(read(List.of()));
    if (!Files.exists(results.orElse(USUAL)) && !hasResults(benchmark)) {
      throw new RunException(
          "there are no results of the plan %s yet: no %s and none beside the plan; train with benchmark run or benchmark submit, or name another folder with --results"
              .formatted(benchmark.name(), results.orElse(USUAL)));
    }
    return benchmark;
  }

  /** Where results are, if the usual folder has none and no other was named. */
  Benchmark found(Benchmark benchmark) {
    if (results.isPresent() || hasResults(benchmark)) {
      return benchmark;
    }
    return places()
        .map(place -> benchmark.in(place, work))
        .filter(PlanOptions::hasResults)
        .findFirst()
        .orElse(benchmark);
  }

  private Stream<Path> places() {
    var plan = file.toAbsolutePath().normalize();
    return Stream.concat(
        Stream.of(plan.resolveSibling("results")),
        Stream.iterate(plan.getParent(), Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve("tools/benchmarks/results")));
  }

  private static boolean hasResults(Benchmark benchmark) {
    var folders = benchmark.folders();
    return Files.exists(folders.packed()) || Files.isDirectory(folders.results());
  }

  private static void requireFolder(String option, Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new RunException("%s %s is not a folder".formatted(option, path));
    }
  }

  /** Arguments for another process with the same plan. */
  List<String> arguments(List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.add(file.toString());
    arguments.addAll(overrides.arguments(more));
    sweeps.forEach(sweep -> arguments.addAll(List.of("--sweep", sweep)));
    arguments.addAll(
        List.of("--results", results.orElse(USUAL).toString(), "--work", work.toString()));
    return arguments;
  }

  /** The same for a process on another machine, which shares the folders. */
  List<Argument> shared(List<String> more) {
    var arguments = new ArrayList<Argument>();
    arguments.add(Argument.path(file));
    for (var override : overrides.with(more)) {
      arguments.addAll(List.of(Argument.word("--set"), Argument.word(override)));
    }
    for (var jar : overrides.plugins()) {
      arguments.addAll(List.of(Argument.word("--plugin"), Argument.path(jar)));
    }
    for (var sweep : sweeps) {
      arguments.addAll(List.of(Argument.word("--sweep"), Argument.word(sweep)));
    }
    arguments.addAll(List.of(Argument.word("--results"), Argument.path(results.orElse(USUAL))));
    arguments.addAll(List.of(Argument.word("--work"), Argument.path(work)));
    return arguments;
  }

  /** The plan's file. */
  Path file() {
    return file;
  }

  /** Whether an override sets {@code path}. */
  boolean sets(String path) {
    return overrides.toList().stream().anyMatch(override -> override.startsWith(path + "="));
  }
}
