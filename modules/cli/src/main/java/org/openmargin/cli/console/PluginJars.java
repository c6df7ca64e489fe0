package org.openmargin.cli.console;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.plugin.Plugin;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Lets a command see the plugins in the jars of {@code --plugin}. */
public final class PluginJars {
  static final String OPTION = "--plugin";
  private static final String SERVICES = "META-INF/services/" + Plugin.class.getName();

  private PluginJars() {}

  /**
   * Runs the command with a class loader that knows the jars.
   *
   * @throws ExecutionException around an exception that names all jars that cannot be used
   */
  public static int execute(ParseResult parsed) throws ExecutionException, ParameterException {
    var jars = jars(parsed);
    if (jars.isEmpty()) {
      return new RunLast().execute(parsed);
    }
    var problems = jars.stream().map(PluginJars::problem).filter(p -> !p.isEmpty()).toList();
    if (!problems.isEmpty()) {
      throw refused(parsed, new RunException(String.join("; ", problems)));
    }
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    try (var loader =
        new URLClassLoader(
            jars.stream().map(PluginJars::url).toArray(URL[]::new),
            PluginJars.class.getClassLoader())) {
      thread.setContextClassLoader(loader);
      return new RunLast().execute(parsed);
    } catch (IOException e) {
      throw refused(
          parsed, new RunException("the jars of --plugin cannot be closed: " + e.getMessage(), e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Other exceptions from here would not reach the handler of failures. */
  private static ExecutionException refused(ParseResult parsed, RunException reason) {
    return new ExecutionException(parsed.commandSpec().commandLine(), reason.getMessage(), reason);
  }

  private static List<Path> jars(ParseResult parsed) {
    var last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    var jars = last.matchedOptionValue(OPTION, List.<Path>of());
    return new ArrayList<>(jars).stream().distinct().collect(Collectors.toList());
  }

  private static String problem(Path jar) {
    if (!Files.exists(jar)) {
      return OPTION + " " + jar + ": there is no such file";
    }
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.getEntry(SERVICES) == null
          ? "%s %s holds no plugin: it has no %s".formatted(OPTION, jar, SERVICES)
          : "";
    } catch (IOException e) {
      return OPTION + " " + jar + " is not a jar: " + e.getMessage();
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new RunException(OPTION + " " + jar + " cannot be a URL", e);
    }
  }
}
