package org.openmargin.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.benchmark.Benchmark;
import picocli.CommandLine.Option;

/** {@code --method}: restricts a command to some of a plan's methods. */
final class MethodOption {
  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "Only this method. Repeatable. Default: all methods.")
  private List<String> methods = new ArrayList<>();

  Benchmark of(Benchmark benchmark) {
    return methods.isEmpty() ? benchmark : benchmark.only(methods);
  }
}
