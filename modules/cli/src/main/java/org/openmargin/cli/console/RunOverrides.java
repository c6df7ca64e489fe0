package org.openmargin.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * {@code --set} and {@code --plugin}, for commands on a run: what was trained cannot be changed any
 * more.
 */
public final class RunOverrides {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override a field that does not change what was trained, for example where the images",
        "are now: data.folder.path=/data/cells. Repeatable; the last value for a path wins."
      })
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = PluginJars.OPTION,
      paramLabel = "JAR",
      description = "A jar with the run's own loss, backbone or data source. Repeatable.")
  @SuppressWarnings("UnusedVariable") // PluginJars asks picocli for it
  private List<Path> plugins = new ArrayList<>();

  /** As typed, then {@code more}. */
  public String[] with(List<String> more) {
    var all = new ArrayList<>(overrides);
    all.addAll(more);
    return all.toArray(String[]::new);
  }
}
