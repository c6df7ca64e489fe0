package org.openmargin.cli.console;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set}, shared by many commands. */
public final class Overrides {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override a field of the experiment, for example training.epochs=5.",
        "Repeatable; the last value for a path wins."
      })
  private List<String> overrides = new ArrayList<>();

  /** As typed, then {@code more}. */
  public String[] with(List<String> more) {
    var all = new ArrayList<>(overrides);
    all.addAll(more);
    return all.toArray(String[]::new);
  }

  public String[] toArray() {
    return with(List.of());
  }

  public List<String> toList() {
    return List.copyOf(overrides);
  }
}
