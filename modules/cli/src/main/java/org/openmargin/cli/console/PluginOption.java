package org.openmargin.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --plugin}, for commands on runs that take no settings. */
public final class PluginOption {
  @Option(
      names = PluginJars.OPTION,
      paramLabel = "JAR",
      description = "A jar with the runs' own loss, backbone or data source. Repeatable.")
  @SuppressWarnings("UnusedVariable") // PluginJars asks picocli for it
  private List<Path> jars = new ArrayList<>();
}
