package org.openmargin.cli.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.cli.console.Overrides;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A plan and where its files are. */
final class PlanOptions {
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
        "Default: ${DEFAULT-VALUE}."
      },
      defaultValue = "benchmarks/results")
  private Path results;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where run folders are: DIR/<plan>/. Default: ${DEFAULT-VALUE}.",
      defaultValue = "benchmarks/runs")
  private Path work;

  Benchmark read(List<String> more) {
    requireFolder("--results", results);
    requireFolder("--work", work);
    return Benchmark.read(file, List.of(overrides.with(more)), sweeps).in(results, work);
  }

  /**
   * Reads the plan for a command that only reads results.
   *
   * @throws RunException if the folder of results does not exist; a wrong plan is reported first
   */
  Benchmark readResults() {
    var benchmark = read(List.of());
    if (!Files.exists(results)) {
      throw new RunException("--results %s is not a folder".formatted(results));
    }
    return benchmark;
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
    arguments.addAll(List.of("--results", results.toString(), "--work", work.toString()));
    return arguments;
  }

  /** Whether an override sets {@code path}. */
  boolean sets(String path) {
    return overrides.toList().stream().anyMatch(override -> override.startsWith(path + "="));
  }
}
