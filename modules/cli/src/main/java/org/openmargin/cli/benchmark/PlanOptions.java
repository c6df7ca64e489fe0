package org.openmargin.cli.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.benchmark.Benchmark;
import org.openmargin.benchmark.BenchmarkFolders;
import org.openmargin.cli.console.Overrides;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A benchmark's plan and where its files are. */
final class PlanOptions {
  @Parameters(paramLabel = "PLAN", description = "A benchmark plan, as a .textproto file.")
  private Path file;

  @Mixin private Overrides overrides;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Result files. Default: benchmarks/<plan>/results.")
  private Optional<Path> results;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Run folders. Default: benchmarks/<plan>/runs.")
  private Optional<Path> work;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "Only this method. Repeatable. Default: all.")
  private List<String> methods = new ArrayList<>();

  Benchmark read(List<String> more) {
    results.filter(Files::exists).ifPresent(path -> requireFolder("--results", path));
    work.filter(Files::exists).ifPresent(path -> requireFolder("--work", path));
    var all = Benchmark.read(file, overrides.with(more));
    var benchmark = methods.isEmpty() ? all : all.only(methods);
    var usual = benchmark.folders();
    return benchmark.in(
        new BenchmarkFolders(results.orElse(usual.results()), work.orElse(usual.work())));
  }

  /**
   * The same for who only reads results.
   *
   * @throws RunException if they were said to be in a folder that is not there
   */
  Benchmark readResults() {
    results.ifPresent(path -> requireFolder("--results", path));
    return read(List.of());
  }

  private static void requireFolder(String option, Path path) {
    if (!Files.isDirectory(path)) {
      throw new RunException("%s %s is no folder".formatted(option, path));
    }
  }

  /** The arguments that another process needs for the same plan. */
  List<String> arguments(List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.add(file.toString());
    for (var override : overrides.with(more)) {
      arguments.addAll(List.of("--set", override));
    }
    results.ifPresent(folder -> arguments.addAll(List.of("--results", folder.toString())));
    work.ifPresent(folder -> arguments.addAll(List.of("--work", folder.toString())));
    return arguments;
  }

  /** Whether an override sets {@code path}. */
  boolean sets(String path) {
    return overrides.toList().stream().anyMatch(override -> override.startsWith(path + "="));
  }
}
