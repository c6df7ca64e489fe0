package org.openmargin.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --plugin}, for commands that take no settings of an experiment. */
public final class PluginOption {
  @Option(
      names = PluginJars.OPTION,
      paramLabel = "JAR",
      description =
          "A jar with a loss, backbone, data source or decoder of images of your own. Repeatable.")
  @SuppressWarnings("UnusedVariable") // PluginJars asks picocli for it
  private List<Path> jars = new ArrayList<>();
}
