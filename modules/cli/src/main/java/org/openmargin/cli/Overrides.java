package org.openmargin.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set}, which many commands have. */
final class Overrides {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override a field of the experiment: training.epochs=5.",
        "Repeatable; the last one of equal paths wins."
      })
  private List<String> overrides = new ArrayList<>();

  /** As typed, then {@code more}. */
  String[] with(List<String> more) {
    var all = new ArrayList<>(overrides);
    all.addAll(more);
    return all.toArray(String[]::new);
  }

  String[] toArray() {
    return with(List.of());
  }

  List<String> toList() {
    return List.copyOf(overrides);
  }
}
