package org.openmargin.cli.console;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set}, for commands on a run: what was trained cannot be changed any more. */
public final class RunOverrides {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override a field that does not change what was trained, for example where the images",
        "are now: data.folder.path=/data/cells. Repeatable; the last value for a path wins."
      })
  private List<String> overrides = new ArrayList<>();

  /** As typed, then {@code more}. */
  public String[] with(List<String> more) {
    var all = new ArrayList<>(overrides);
    all.addAll(more);
    return all.toArray(String[]::new);
  }
}
