package org.openmargin.config.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.DataConfig;

/** A commented plan to start from. */
public final class PlanTemplate {
  private PlanTemplate() {}

  /**
   * The experiment as it is against a softmax, on its class split, with three seeds.
   *
   * @param plan where it will be written: the experiment is named relative to it
   * @throws ConfigException with every problem of the experiment
   */
  public static String of(Path plan, Path experiment) {
    var config = Experiments.readWithoutPlaces(experiment, List.of());
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

    # Class splits: ids or names of the known classes, all others are unknown. Add more: with one, intervals
    # are over seeds alone.
    trials {
      name: "1"
      known_classes: [%s]
    }
    seeds: [0, 1, 2]
    """
        .formatted(config.getName(), quotable(relative(plan, experiment)), known(config.getData()));
  }

  private static String known(DataConfig data) {
    var ids = data.getKnownClassesList().stream().map(String::valueOf);
    var names = data.getKnownClassNamesList().stream().map(name -> '"' + quotable(name) + '"');
    return Stream.concat(ids, names).collect(Collectors.joining(", "));
  }

  private static String relative(Path plan, Path experiment) {
    var folder = plan.toAbsolutePath().normalize().getParent();
    return folder.relativize(experiment.toAbsolutePath().normalize()).toString().replace("\\", "/");
  }

  private static String quotable(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
