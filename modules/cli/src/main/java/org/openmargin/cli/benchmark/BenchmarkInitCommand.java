package org.openmargin.cli.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    header = "Write a commented plan to start from.",
    description = {
      "Compares the experiment as it is with a softmax, on its class split, with three seeds. Edit",
      "methods, class splits and seeds, then: benchmark validate, benchmark run."
    },
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.USAGE_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {"  openmargin benchmark init plan.textproto my.textproto"})
final class BenchmarkInitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "PLAN", description = "A new file.")
  private Path plan;

  @Parameters(
      index = "1",
      paramLabel = "EXPERIMENT",
      description = "The experiment that all methods start from.")
  private Path experiment;

  BenchmarkInitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var config = Experiments.readWithoutPlaces(experiment, List.of());
    if (Files.exists(plan)) {
      throw new RunException(plan + " already exists; name another file");
    }
    var text = text(config);
    try {
      AtomicTextFile.write(plan, writer -> writer.write(text));
    } catch (IOException e) {
      throw new RunException("cannot write " + plan + ": " + FileErrors.reason(e), e);
    }
    console.line("wrote " + plan);
    console.next("benchmark", "validate", plan.toString());
    console.next("benchmark", "run", plan.toString());
    return ExitCodes.OK;
  }

  private String text(ExperimentConfig config) {
    var known =
        config.getData().getKnownClassesList().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return """
    # proto-file: openmargin/v1/benchmark.proto
    # proto-message: openmargin.v1.BenchmarkConfig
    #
    # Methods x class splits x seeds: each combination is trained and evaluated once.
    # Check with:  openmargin benchmark validate PLAN
    # Run with:    openmargin benchmark run PLAN
    # The table:   openmargin benchmark report PLAN

    name: "%s-plan"
    description: "What this comparison should show."
    # Relative to this file.
    experiment: "%s"

    # A row of the table each. `set` changes a field of the experiment, as --set does.
    methods {
      name: "as it is"
    }
    methods {
      name: "Softmax"
      set: "loss.softmax={}"
    }
    # The method that the others are tested against.
    baseline: "as it is"

    # A family of methods, and a curve in the page of `benchmark report --html`:
    # sweeps {
    #   path: "training.epochs"
    #   values: ["10", "20", "40"]
    # }

    # Class splits: ids of the known classes, all others are unknown. Add more: with one, intervals
    # are over seeds alone.
    trials {
      name: "1"
      known_classes: [%s]
    }
    seeds: [0, 1, 2]
    """
        .formatted(config.getName(), relative().replace("\\", "/").replace("\"", "\\\""), known);
  }

  private String relative() {
    var folder = plan.toAbsolutePath().normalize().getParent();
    return folder.relativize(experiment.toAbsolutePath().normalize()).toString();
  }
}
