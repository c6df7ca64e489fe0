package org.openmargin.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set} and {@code --plugin}, shared by all commands that read an experiment. */
public final class Overrides {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override a field of the experiment, for example training.epochs=5.",
        "Repeatable; the last value for a path wins."
      })
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = PluginJars.OPTION,
      paramLabel = "JAR",
      description = {
        "A jar with losses, backbones or data sources for loss.custom, model.custom and",
        "data.custom. Repeatable."
      })
  private List<Path> plugins = new ArrayList<>();

  /** Arguments for another process with the same experiment. */
  public List<String> arguments(List<String> more) {
    var arguments = new ArrayList<String>();
    for (var override : with(more)) {
      arguments.addAll(List.of("--set", override));
    }
    plugins.forEach(jar -> arguments.addAll(List.of(PluginJars.OPTION, jar.toString())));
    return arguments;
  }

  /** The jars of {@code --plugin}. */
  public List<Path> plugins() {
    return List.copyOf(plugins);
  }

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
